import { expect, test } from "vitest";
import { readConfig } from "../src/config/config.js";

const valid = {
⟦%- for variable in required %⟧
  ⟦= variable.name ⟧: "⟦= variable.valid ⟧",
⟦%- endfor %⟧
};

test("an unset environment means production", () => {
  const result = readConfig(valid);
  expect(result).toMatchObject({
    config: { APP_ENV: "production", HOST: "0.0.0.0", PORT: 3000 },
  });
});

test("outside production the server listens locally", () => {
  const result = readConfig({ ...valid, APP_ENV: "development" });
  expect(result).toMatchObject({ config: { HOST: "127.0.0.1" } });
});

test("an empty variable counts as not set", () => {
  const result = readConfig({ ...valid, PORT: "" });
  expect(result).toMatchObject({ config: { PORT: 3000 } });
});

test("everything that is missing is named at once", () => {
  expect(readConfig({})).toEqual({
    problems: [
⟦%- for problem in problems %⟧
      "⟦= problem ⟧",
⟦%- endfor %⟧
    ],
  });
});

test.each([
⟦%- for (name, value) in invalid %⟧
  ["⟦= name ⟧", "⟦= value ⟧"],
⟦%- endfor %⟧
])("%s=%s is refused", (name, value) => {
  const result = readConfig({ ...valid, [name]: value });
  const problems = "problems" in result ? result.problems : [];
  expect(problems).toHaveLength(1);
  expect(problems[0]).toContain(name);
});
