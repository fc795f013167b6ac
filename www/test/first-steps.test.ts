import assert from "node:assert/strict";
import { test } from "node:test";
import { firstSteps, shellOf } from "../src/first-steps.js";

const start = { prepare: ["npm install", "npm run env"], run: "npm run dev" };

test("the commands are those of the machine", () => {
  assert.deepEqual(firstSteps("shop.zip", start, shellOf("Linux x86_64")), [
    "cd ~/Downloads && unzip shop.zip && cd shop",
    "npm install && npm run env",
    "npm run dev",
  ]);
  assert.deepEqual(firstSteps("shop.zip", start, shellOf("Win32")), [
    "cd ~\\Downloads; tar -xf shop.zip; cd shop",
    "npm install; npm run env",
    "npm run dev",
  ]);
});
