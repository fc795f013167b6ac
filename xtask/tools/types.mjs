// Checks the types of every project in this folder. What the projects share, the types of their libraries, is read once.
import { readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";

const ts = createRequire(join(process.cwd(), "here.js"))("typescript");
const read = new Map();
let failed = 0;

function hostOf(options) {
  const host = ts.createCompilerHost(options);
  const getSourceFile = host.getSourceFile.bind(host);
  host.getSourceFile = (name, target, ...rest) => {
    if (!name.includes("/node_modules/")) {
      return getSourceFile(name, target, ...rest);
    }
    if (!read.has(name)) {
      read.set(name, getSourceFile(name, target, ...rest));
    }
    return read.get(name);
  };
  return host;
}

for (const entry of readdirSync(".", { withFileTypes: true })) {
  if (!entry.isDirectory()) {
    continue;
  }
  const folder = resolve(entry.name);
  const config = ts.readConfigFile(join(folder, "tsconfig.json"), ts.sys.readFile);
  const { options, fileNames, errors } = ts.parseJsonConfigFileContent(config.config, ts.sys, folder);
  const program = ts.createProgram({ rootNames: fileNames, options, host: hostOf(options) });
  const problems = [...errors, ...ts.getPreEmitDiagnostics(program)];
  if (problems.length > 0) {
    failed += 1;
    const names = { getCanonicalFileName: (name) => name, getCurrentDirectory: () => process.cwd(), getNewLine: () => "\n" };
    console.error(ts.formatDiagnostics(problems, names));
  }
}

process.exitCode = failed > 0 ? 1 : 0;
