import { existsSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import { join, resolve } from "node:path";
import { defineConfig, devices } from "@playwright/test";
import { chromiumPath } from "./e2e/chromium.ts";
import { writeFixture } from "./e2e/fixture.ts";
import { makeOwner } from "./e2e/owner.ts";
import { writeSoundFixture } from "./e2e/sound-fixture.ts";
import { writeTextFixture } from "./e2e/text-fixture.ts";

// The workers of the tests load this file again and must find what the first one made.
const first = process.env.NACRE_E2E_PORT === undefined;
process.env.NACRE_E2E_PORT ??= String(20_000 + (process.pid % 20_000));
const port = Number(process.env.NACRE_E2E_PORT);

// The tests' server shows the tests' own tasks and all that are released.
const models = join(".nacre", `e2e-models-${port}`);
// … and remembers what they do in a folder of their own.
const data = join(".nacre", `e2e-data-${port}`);
if (first) {
  for (const folder of [models, data]) rmSync(folder, { recursive: true, force: true });
  writeFixture(models);
  writeSoundFixture(models);
  writeTextFixture(models);
  for (const task of readdirSync("models")) {
    const released = resolve("models", task);
    if (existsSync(join(released, "releases"))) symlinkSync(released, join(models, task));
  }
  makeOwner(data);
  process.on("exit", () => {
    for (const folder of [models, data]) rmSync(folder, { recursive: true, force: true });
  });
}

export default defineConfig({
  testDir: "e2e",
  testMatch: "*.e2e.ts",
  outputDir: ".nacre/playwright",
  fullyParallel: true,
  workers: 2,
  // A busy machine is no failure. What passes at the second try only is listed as flaky at the end.
  retries: 1,
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
    env: {
      ...{ NACRE_MODELS: models, NACRE_DATA: data, NACRE_RUNS: join(data, "runs") },
      ...{ NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1", DATABASE_URL: "" },
    },
    gracefulShutdown: { signal: "SIGTERM", timeout: 5000 },
  },
});
