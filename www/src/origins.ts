// Which lines of a file come from which lines of the spec.
import type { UpdateNote } from "./core/protocol.js";

/** What is known of a project's files, and the line of the spec that each entity begins on. */
export interface Origins {
  notes: ReadonlyMap<string, UpdateNote>;
  begins: readonly number[];
}

/** The lines of each file that come from a line of the spec. */
export function yieldsOf(
  { notes, begins }: Origins,
  line: number,
): { path: string; lines: number[] }[] {
  const wanted = begins.findLastIndex((begin) => begin <= line);
  const wantedBelow = line - (begins[wanted] ?? 0);
  return [...notes.values()].flatMap(({ path, origins }) => {
    const made = origins.filter(([, entity, below]) => entity === wanted && below === wantedBelow);
    return made.length > 0 ? [{ path, lines: made.map(([at]) => at) }] : [];
  });
}

/** The lines of a file that have one, each with its line of the spec. */
export function originsOf(
  { notes, begins }: Origins,
  path: string,
): [line: number, spec: number][] {
  const origins = notes.get(path)?.origins ?? [];
  return origins.map(([line, entity, below]) => [line, (begins[entity] ?? 0) + below]);
}
