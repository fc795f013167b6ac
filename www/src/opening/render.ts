// The opening state as HTML: what the page shows before its core has run, and all that it shows
// where no script may run.
import type { Generated, Target } from "../core/backsmith.js";
import { highlight } from "../core/highlight.js";
import type { Token } from "../core/protocol.js";
import { grantedWords } from "../editor/grants.js";
import { firstPath, ownersLine } from "../first-file.js";
import { count } from "../format.js";
import { ancestors, buildTree, visibleRows } from "../tree.js";

/** What the native core makes of the first starter. */
export interface Opening {
  spec: string;
  targets: Target[];
  generated: Generated;
}

/** The HTML that stands for the page until its core has run. */
export function renderOpening({ spec, targets, generated }: Opening): string {
  const { files, notes, summary } = generated;
  if (!summary) {
    throw new Error("The first starter has errors.");
  }
  const paths = files.map(([path]) => path);
  const path = firstPath(paths);
  const text = files.find(([candidate]) => candidate === path)?.[1] ?? "";
  const origins = notes.find((note) => note.path === path)?.origins ?? [];
  const target = targets.find(({ id }) => id === summary.target);
  const database = target?.databases.find(({ id }) => id === summary.database);
  const made = [
    count(summary.files, "file"),
    count(summary.tests, "test"),
    count(summary.endpoints, "endpoint"),
  ];
  return `<div class="opening">
<header class="bar"><h1>Backsmith</h1><strong>${asHtml(summary.name)}</strong><span class="choice">${asHtml(target?.name ?? "")}</span><span class="choice">${asHtml(database?.name ?? "")}</span></header>
<section class="introduction" aria-label="Introduction"><strong>Describe a backend once. Get the whole project.</strong> <span>${made.join(", ")}. Nothing is sent anywhere.</span></section>
<section class="introduction without-scripts" aria-label="What is missing">This is what Backsmith makes of the spec: one of its files, and the list of all. To change the spec, read every file and take the project with you, it needs JavaScript and WebAssembly.</section>
<main>
<section aria-label="Spec"><pre>${specLines(spec)}</pre></section>
<section aria-label="Files"><ul>${treeRows(paths, path)}</ul></section>
<section aria-label="Code"><h2>${asHtml(path ?? "")}</h2><pre>${codeLines(highlight(path ?? "", text), ownersLine(spec, origins))}</pre></section>
</main>
</div>`;
}

function specLines(spec: string): string {
  let isAccess = false;
  const lines = spec
    .trimEnd()
    .split("\n")
    .map((line) => {
      const [, indent = "", key = "", rest = ""] = /^(\s*)([\w]+:)?(.*)$/.exec(line) ?? [];
      const begins = key === "access:";
      isAccess = begins || (isAccess && indent.length >= 6);
      const value = isAccess ? accessValue(rest) : asHtml(rest);
      return `<span class="line">${indent}${key}<span class="value">${value}</span>\n</span>`;
    });
  return lines.join("");
}

/** A rule, or several of them between braces, with its words in their colours. */
function accessValue(rest: string): string {
  return rest
    .split(/(?<=:)|(?=[{}]|,\s*\w+:)/)
    .map((piece) => {
      let html = "";
      let at = 0;
      for (const { word, from, kind } of grantedWords(piece)) {
        html += `${asHtml(piece.slice(at, from))}<span class="access-${kind}">${asHtml(word)}</span>`;
        at = from + word.length;
      }
      return html + asHtml(piece.slice(at));
    })
    .join("");
}

function treeRows(paths: string[], open: string | null): string {
  const folders = new Set(open === null ? [] : ancestors(open));
  const rows = visibleRows(buildTree(paths), folders).map(({ node, level }) => {
    const classes = [`level-${level}`, node.kind, node.path === open ? "open" : ""];
    return `<li class="${classes.join(" ").trim()}">${asHtml(node.name)}</li>`;
  });
  return rows.join("");
}

function codeLines(lines: Token[][], spot: number | null): string {
  const rendered = lines.map((tokens, index) => {
    const parts = tokens.map(([text, kind]) =>
      kind === null ? asHtml(text) : `<span class="${kind}">${asHtml(text)}</span>`,
    );
    const isSpot = index + 1 === spot;
    return `<span class="line${isSpot ? " spot" : ""}">${parts.join("")}\n</span>`;
  });
  return rendered.join("");
}

const ENTITIES = new Map([
  ["&", "&amp;"],
  ["<", "&lt;"],
  [">", "&gt;"],
  ['"', "&quot;"],
]);

function asHtml(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => ENTITIES.get(sign) ?? sign);
}
