import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["tests/**/*.test.ts"],
    setupFiles: ["tests/setup.ts"],
    // A busy machine is no failure.
    testTimeout: 20_000,
    hookTimeout: 20_000,
  },
});
