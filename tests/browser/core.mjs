// How long the core takes in WebAssembly to tell what an edit changed: processor time, of specs that are edited by turns.
// node core.mjs --dist FOLDER SPEC…
import { readdir, readFile } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";

const { values, positionals } = parseArgs({
  options: { dist: { type: "string" }, rounds: { type: "string", default: "60" } },
  allowPositionals: true,
});
const dist = resolve(values.dist);
const names = await readdir(dist, { recursive: true });
const find = (ending) => {
  const found = names.find(
    (name) => basename(name).startsWith("backsmith") && name.endsWith(ending),
  );
  if (!found) {
    throw new Error(`there is no backsmith*${ending} in ${dist}`);
  }
  return join(dist, found);
};
const core = await import(pathToFileURL(find(".js")));
core.initSync({ module: await readFile(find(".wasm")) });

/** The edits of one spec by turns: what is typed, and how often it is taken back. */
const edits = [
  ["a length", (spec) => spec.replace("string 1..200", "string 1..201")],
  ["a length in the middle", (spec) => replaceInTheMiddle(spec, "string 1..200", "string 1..201")],
  ["a rule", (spec) => replaceInTheMiddle(spec, "write: staff", "write: admin")],
  ["a line", (spec) => replaceInTheMiddle(spec, "    access:", "\n    access:")],
];

function replaceInTheMiddle(spec, word, other) {
  const at = spec.indexOf(word, spec.length / 2);
  return spec.slice(0, at) + other + spec.slice(at + word.length);
}

function milliseconds(work) {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

function quantile(sorted, part) {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))].toFixed(1);
}

function measured(specs, rounds, work) {
  const times = [];
  for (let round = 0; round < rounds; round++) {
    times.push(milliseconds(() => work(specs[round % specs.length])));
  }
  times.sort((a, b) => a - b);
  return `${quantile(times, 0.5)} ms (95 of 100: ${quantile(times, 0.95)} ms)`;
}

for (const path of positionals) {
  const spec = await readFile(path, "utf8");
  const rounds = Number(values.rounds);
  console.log(`${basename(path)}: first ${milliseconds(() => core.update(spec)).toFixed(0)} ms`);
  console.log(`  to check: ${measured([spec], rounds, core.check)}`);
  for (const [name, edit] of edits) {
    console.log(`  ${name}: ${measured([spec, edit(spec)], rounds, core.update)}`);
  }
}
