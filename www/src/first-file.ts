// Which file is shown first, and where in it.

/** The file whose rules are easiest to see, where a project has it. */
const FIRST_FILE = "src/services/review.service.ts";

/** The file to show when none is wanted in particular. */
export function firstPath(paths: readonly string[]): string | null {
  const wanted = [FIRST_FILE, "README.md"].find((path) => paths.includes(path));
  return wanted ?? paths[0] ?? null;
}

/** The first line of a file that comes from a rule which names the owner. */
export function ownersLine(
  spec: string,
  origins: readonly (readonly [line: number, spec: number])[],
): number | null {
  const lines = spec.split("\n");
  const fromRule = origins.find(([, origin]) => /:.*\bowner\b/.test(lines[origin - 1] ?? ""));
  return fromRule?.[0] ?? null;
}
