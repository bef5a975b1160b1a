import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["{app,engine,lib,models,scripts}/**/*.test.{ts,tsx}"],
    testTimeout: 30_000, // a busy machine is no failure
  },
});
