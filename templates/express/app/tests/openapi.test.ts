import type { IRouter } from "express";
import { expect, test } from "vitest";
import { router as apiRouter } from "../src/routes/index.js";
import { router as serverRouter } from "../src/routes/server.routes.js";
import { api } from "./support/api.js";

/** The paths of a router, as the document writes them. */
function pathsOf(router: IRouter, base: string): string[] {
  return router.stack.flatMap(({ route, handle }) => {
    if (route) return [base + route.path.replace(/:(\w+)/g, "{$1}")];
    return "stack" in handle ? pathsOf(handle as IRouter, base) : [];
  });
}

test("the document knows every path, and with it every method", async () => {
  const { paths } = (await api.get("/openapi.json")).body;
  const routes = [
    ...pathsOf(serverRouter, ""),
    ...pathsOf(apiRouter, "⟦= base ⟧"),
  ];
  expect(Object.keys(paths).sort()).toEqual(routes.sort());
  for (const path of routes) {
    const answer = await api.options(path.replace("{id}", "1"));
    const answered = answer.headers.allow?.split(", ") ?? [];
    const documented = Object.keys(paths[path])
      .filter((name) => name !== "parameters")
      .map((name) => name.toUpperCase());
    const implied = documented.includes("GET")
      ? ["HEAD", "OPTIONS"]
      : ["OPTIONS"];
    expect(answered.sort()).toEqual([...documented, ...implied].sort());
  }
});
