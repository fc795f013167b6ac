// Splits source text into coloured stretches, line by line. No HTML is made on the way.
import type { Emitter } from "highlight.js";
import hljs from "highlight.js/lib/core";
import bash from "highlight.js/lib/languages/bash";
import ini from "highlight.js/lib/languages/ini";
import json from "highlight.js/lib/languages/json";
import markdown from "highlight.js/lib/languages/markdown";
import sql from "highlight.js/lib/languages/sql";
import typescript from "highlight.js/lib/languages/typescript";
import yaml from "highlight.js/lib/languages/yaml";
import type { Token, TokenKind } from "./protocol.js";

const LANGUAGES = { bash, ini, json, markdown, sql, typescript, yaml };
type Language = keyof typeof LANGUAGES;

for (const [name, definition] of Object.entries(LANGUAGES)) {
  hljs.registerLanguage(name, definition);
}

const BY_EXTENSION = new Map<string, Language>([
  ["env", "ini"],
  ["example", "ini"],
  ["js", "typescript"],
  ["json", "json"],
  ["md", "markdown"],
  ["mjs", "typescript"],
  ["sh", "bash"],
  ["sql", "sql"],
  ["toml", "ini"],
  ["ts", "typescript"],
  ["yaml", "yaml"],
  ["yml", "yaml"],
]);

/** Above this length a text is shown plain: colour would cost more than it helps. */
const LONGEST = 400_000;

/** The tokens of each line of a file. */
export function highlight(path: string, text: string): Token[][] {
  const language = BY_EXTENSION.get(path.slice(path.lastIndexOf(".") + 1));
  if (!language || text.length > LONGEST) {
    return splitLines([[text, null]]);
  }
  const result = hljs.highlight(text, { language, ignoreIllegals: true });
  if (result.errorRaised) {
    throw result.errorRaised;
  }
  return splitLines((result._emitter as TokenEmitter).tokens);
}

/** The scopes that get a colour of their own; all others look like plain text. */
const KINDS = new Map<string, TokenKind>([
  ["keyword", "keyword"],
  ["built_in", "keyword"],
  ["string", "string"],
  ["regexp", "string"],
  ["code", "string"],
  ["link", "string"],
  ["number", "literal"],
  ["literal", "literal"],
  ["bullet", "literal"],
  ["comment", "comment"],
  ["quote", "comment"],
  ["meta", "comment"],
  ["title", "title"],
  ["type", "title"],
  ["attr", "title"],
  ["section", "strong"],
  ["strong", "strong"],
]);

/** Collects what highlight.js finds as flat tokens. It calls these methods by their names, old and new. */
class TokenEmitter implements Emitter {
  readonly tokens: Token[] = [];
  readonly #scopes: (TokenKind | null)[] = [];

  openNode(scope: string): void {
    const known = KINDS.get(scope.split(".")[0] ?? scope);
    // Inside a template literal's `${…}` the code is code again, not string.
    this.#scopes.push(scope === "subst" ? null : (known ?? this.#scopes.at(-1) ?? null));
  }

  closeNode(): void {
    this.#scopes.pop();
  }

  startScope(scope: string): void {
    this.openNode(scope);
  }

  endScope(): void {
    this.closeNode();
  }

  addText(text: string): void {
    if (text !== "") {
      this.tokens.push([text, this.#scopes.at(-1) ?? null]);
    }
  }

  __addSublanguage(emitter: Emitter): void {
    for (const token of (emitter as TokenEmitter).tokens) {
      this.tokens.push(token);
    }
  }

  finalize(): void {
    // Tokens are complete as they come.
  }

  toHTML(): string {
    return "";
  }
}

hljs.configure({ __emitter: TokenEmitter });

function splitLines(tokens: Token[]): Token[][] {
  let line: Token[] = [];
  const lines = [line];
  for (const [text, kind] of tokens) {
    const [first = "", ...rest] = text.split("\n");
    if (first !== "") {
      line.push([first, kind]);
    }
    for (const part of rest) {
      line = part === "" ? [] : [[part, kind]];
      lines.push(line);
    }
  }
  // A final newline ends the last line; it does not begin another.
  if (lines.length > 1 && lines.at(-1)?.length === 0) {
    lines.pop();
  }
  return lines;
}
