import { z } from "zod";

const number = (min: number, max: number) =>
  z
    .string()
    .regex(/^[0-9]{1,9}$/, `must be a whole number from ${min} to ${max}`)
    .transform(Number)
    .pipe(
      z
        .number()
        .min(min, `must be at least ${min}`)
        .max(max, `must be at most ${max}`),
    );

⟦% for schema in variable_schemas %⟧⟦= schema ⟧

⟦% endfor -%⟧
const environment = z
  .object({
    APP_ENV: z
      .enum(["development", "test", "production"], {
        error: "must be development, test or production",
      })
      .default("production"),
    HOST: z.string().optional(),
⟦%- for variable in variables %⟧
    ⟦= variable.name ⟧: ⟦= variable.schema ⟧,
⟦%- endfor %⟧
  })
  .transform(({ HOST, ...variables }) => ({
    ...variables,
    HOST:
      HOST ?? (variables.APP_ENV === "production" ? "0.0.0.0" : "127.0.0.1"),
  }));

export type Config = z.output<typeof environment>;

export type ConfigResult = { config: Config } | { problems: string[] };

/** Reads the configuration; an empty variable counts as one that is not set. */
export function readConfig(variables: NodeJS.ProcessEnv): ConfigResult {
  const set = Object.entries(variables).filter(([, value]) => value !== "");
  const result = environment.safeParse(Object.fromEntries(set));
  if (result.success) return { config: result.data };
  const problems = result.error.issues.map(
    (issue) => `${issue.path.join(".")} ${issue.message}`,
  );
  return { problems };
}

function readConfigOrExit(): Config {
  const result = readConfig(process.env);
  if ("config" in result) return result.config;
  process.stderr.write(
    `The configuration is not valid:\n${result.problems.map((problem) => `  ${problem}\n`).join("")}`,
  );
  process.exit(1);
}

export const config = readConfigOrExit();
