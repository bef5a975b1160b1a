import { configDefaults, defineConfig } from "vitest/config";

const patience = process.env.NACRE_SLOW_TESTS ? 600_000 : 60_000; // a busy machine is no failure

export default defineConfig({
  test: {
    include: ["{app,engine,lib,models,scripts}/**/*.test.{ts,tsx}"],
    // Tests of half a minute are for the verify command, which says so.
    exclude: [...configDefaults.exclude, ...(process.env.NACRE_SLOW_TESTS ? [] : ["**/*.slow.test.ts"])],
    testTimeout: patience,
    hookTimeout: patience,
  },
});
