import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["tests/**/*.test.ts"],
    environment: "node",
    // A property test of a few hundred cases takes seconds where two busy cores do everything.
    testTimeout: 60_000,
  },
});
