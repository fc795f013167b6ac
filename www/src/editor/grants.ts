// The words of access rules.

/** The words that are no role. */
export const FIXED_GRANTS = ["anyone", "signed_in", "owner", "nobody"] as const;

/** A grant is a word, alone or before `when`; anything else is a condition. */
const GRANT = /(?<=^|,)\s*([a-z][a-z0-9_]*)\s*(?=$|,|\bwhen\b)/g;

/** A granted word, where it stands in its rule, and what it stands for. */
export interface Granted {
  word: string;
  from: number;
  kind: string;
}

/** The words of one rule and where they stand in it. */
export function grantedWords(rule: string): Granted[] {
  return [...rule.matchAll(GRANT)].map((match) => {
    const word = match[1] ?? "";
    const from = match.index + match[0].indexOf(word);
    const fixed = FIXED_GRANTS.find((candidate) => candidate === word);
    return { word, from, kind: fixed ?? "role" };
  });
}
