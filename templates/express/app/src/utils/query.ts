import { ApiError } from "./errors.js";

type Parameters = Record<string, string | string[]>;

/** The parameters of a request target; one that is repeated is a list. */
export function parseQuery(target: string): Parameters {
  const start = target.indexOf("?");
  const query = start < 0 ? "" : target.slice(start + 1);
  rejectBrokenEscapes(query);
  // Without a prototype, because a parameter may be called `__proto__`.
  const parameters: Parameters = Object.create(null);
  for (const [name, value] of new URLSearchParams(query)) {
    const earlier = parameters[name];
    parameters[name] =
      earlier === undefined ? value : [...[earlier].flat(), value];
  }
  return parameters;
}

/** `URLSearchParams` takes anything and replaces what it cannot read. */
function rejectBrokenEscapes(query: string): void {
  try {
    decodeURIComponent(query);
  } catch {
    throw new ApiError("MALFORMED_REQUEST");
  }
}
