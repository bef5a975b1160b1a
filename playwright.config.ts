import { cpSync, existsSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { defineConfig, devices } from "@playwright/test";
import { chromiumPath } from "./e2e/chromium.ts";
import { writeFixture } from "./e2e/fixture.ts";

// The tests' server shows the fixture task and, where it is there, a copy of the real instruments release.
const models = process.env.NACRE_E2E_MODELS ?? join(tmpdir(), `nacre-e2e-models-${process.pid}`);
const port = Number(process.env.NACRE_E2E_PORT ?? 20_000 + (process.pid % 20_000));
if (process.env.NACRE_E2E_MODELS === undefined) {
  writeFixture(models);
  const real = join("models", "instruments", "releases");
  if (existsSync(real)) cpSync(real, join(models, "instruments", "releases"), { recursive: true });
  // The workers of the tests load this file again and must find what the first one made.
  process.env.NACRE_E2E_MODELS = models;
  process.env.NACRE_E2E_PORT = String(port);
}

export default defineConfig({
  testDir: "e2e",
  testMatch: "*.e2e.ts",
  outputDir: ".nacre/playwright",
  fullyParallel: true,
  workers: 2,
  retries: 0,
  // A busy machine is no failure.
  timeout: 240_000,
  expect: { timeout: 60_000 },
  use: {
    ...devices["Desktop Chrome"],
    baseURL: `http://localhost:${port}`,
    locale: "en-GB",
    launchOptions: {
      executablePath: chromiumPath(),
      // A camera that shows a test picture, and a graphics card that the processor imitates.
      args: ["--use-fake-device-for-media-stream", "--enable-unsafe-webgpu"],
    },
    screenshot: "only-on-failure",
  },
  webServer: {
    // Started by node itself, so that the signal at the end reaches the server and not a wrapper.
    command: `node node_modules/next/dist/bin/next start --port ${port}`,
    port,
    reuseExistingServer: false,
    env: { NACRE_MODELS: models, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" },
    gracefulShutdown: { signal: "SIGTERM", timeout: 5000 },
  },
});
