import assert from "node:assert/strict";
import { test } from "node:test";
import { ancestors, buildTree, visibleRows } from "../src/tree.js";

const PATHS = ["README.md", "src/app.ts", "src/services/review.service.ts", ".env.example"];

const names = (open: string[]): string[] =>
  visibleRows(buildTree(PATHS), new Set(open)).map(
    ({ node, level }) => "  ".repeat(level - 1) + node.name,
  );

test("folders come first, closed ones hide what they hold", () => {
  assert.deepEqual(names([]), ["src", ".env.example", "README.md"]);
  assert.deepEqual(names(["src", "src/services"]), [
    "src",
    "  services",
    "    review.service.ts",
    "  app.ts",
    ".env.example",
    "README.md",
  ]);
});

test("a row knows its place among its siblings", () => {
  const rows = visibleRows(buildTree(PATHS), new Set(["src"]));
  const app = rows.find(({ node }) => node.name === "app.ts");
  assert.deepEqual([app?.level, app?.position, app?.siblings], [2, 2, 2]);
});

test("the folders of a path, from the outside", () => {
  assert.deepEqual(ancestors("a/b/c.ts"), ["a", "a/b"]);
  assert.deepEqual(ancestors("c.ts"), []);
});
