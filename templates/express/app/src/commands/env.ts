import { randomBytes } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";

/** Writes `.env` from `.env.example`, with secrets of its own. */

const secrets = ⟦= secrets ⟧;

const example = readFileSync(".env.example", "utf8");
const lines = example.split("\n").map((line) => {
  const isSecret = secrets.some((name) => line === `${name}=`);
  return isSecret ? line + randomBytes(32).toString("base64url") : line;
});

try {
  // Never over an `.env` that is there, and for nobody else to read.
  writeFileSync(".env", lines.join("\n"), { flag: "wx", mode: 0o600 });
  process.stdout.write("Wrote .env\n");
} catch (error) {
  const exists =
    error instanceof Error && "code" in error && error.code === "EEXIST";
  if (!exists) throw error;
  process.stderr.write(".env exists already; nothing was changed.\n");
  process.exitCode = 1;
}
