import { maxDetails } from "../config/limits.js";

const answers = {
⟦%- for error in errors %⟧
  ⟦= error.0 ⟧: [⟦= error.1 ⟧, ⟦= error.2 ⟧],
⟦%- endfor %⟧
} as const satisfies Record<string, readonly [number, string]>;

const sentences = {
⟦%- for detail in details %⟧
  ⟦= detail.0 ⟧: ⟦= detail.1 ⟧,
⟦%- endfor %⟧
} as const;

export type ErrorCode = keyof typeof answers;
export type DetailCode = keyof typeof sentences;

/** What is wrong with which field or parameter, in the order found. */
export type Problem = readonly [path: string, code: DetailCode];

/** A failure that is answered to the caller as it is. */
export class ApiError extends Error {
  readonly code: ErrorCode;
  readonly problems: readonly Problem[];

  constructor(code: ErrorCode, problems: readonly Problem[] = []) {
    super(answers[code][1]);
    this.name = "ApiError";
    this.code = code;
    this.problems = problems;
  }

  get status(): number {
    return answers[this.code][0];
  }

  /** The body of the answer. */
  toJSON() {
    // A map, because a field may be called `__proto__`.
    const details = new Map(
      this.problems
        .slice(0, maxDetails)
        .map(([path, code]) => [path, [{ code, message: sentences[code] }]]),
    );
    return {
      error: {
        code: this.code,
        message: this.message,
        details: Object.fromEntries(details),
      },
    };
  }
}
