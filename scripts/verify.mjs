// npm run verify: everything that must hold before a change is accepted, from a plain clone.
// Each step is timed; what it said is shown when it fails; the last line counts steps and tests.

import { spawnSync } from "node:child_process";
import { closeSync, mkdirSync, openSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { build, next } from "./build.mjs";
import { ensureChromium } from "./chromium.mjs";
import { generate } from "./generate.mjs";
import { root, setup } from "./setup.mjs";

const folder = join(root, ".nacre", "verify");
let passed = 0;
let failed = 0;

setup();
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });

step("format", (log) => run(log, "@biomejs/biome/bin/biome", "format"));
step("lint", (log) =>
  run(log, "@biomejs/biome/bin/biome", "check", "--formatter-enabled=false", "--error-on-warnings"),
);
step("types", (log) => {
  generate();
  return node(log, next, "typegen") && run(log, "typescript/bin/tsc", "--noEmit");
});
step("imports", (log) =>
  run(
    log,
    "dependency-cruiser/bin/dependency-cruise.mjs",
    "app",
    "lib",
    "engine",
    "models",
    "scripts",
    "proxy.ts",
    "instrumentation.ts",
  ),
);
step("unit tests", (log) => {
  const report = join(folder, "unit.json");
  const ok = run(
    log,
    "vitest/vitest.mjs",
    "run",
    "--reporter=default",
    "--reporter=json",
    `--outputFile.json=${report}`,
    { NACRE_SLOW_TESTS: "1" },
  );
  return count(report, (json) => [json.numPassedTests, json.numFailedTests]) && ok;
});
const isBuilt = step("production build", (log) => build(log));
step("browser tests", (log) => {
  if (!isBuilt) throw new Error("Not run: there is no production build to test.");
  const report = join(folder, "browser.json");
  const env = { CHROMIUM_PATH: ensureChromium(), PLAYWRIGHT_JSON_OUTPUT_FILE: report };
  const ok = run(log, "@playwright/test/cli.js", "test", "--reporter=list,json", env);
  return count(report, ({ stats }) => [stats.expected + stats.flaky, stats.unexpected]) && ok;
});

console.log(`\n${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

/** Runs one step, its words in a file that is shown if it fails; counts it and tells how long it took. */
function step(name, check) {
  const file = join(folder, `${name.replace(" ", "-")}.log`);
  const log = openSync(file, "w");
  const began = performance.now();
  process.stdout.write(`${name} … `);
  let ok = false;
  let reason = "";
  try {
    ok = check(log);
  } catch (error) {
    reason = `${error.message}\n`;
  }
  closeSync(log);
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  console.log(`${ok ? "ok" : "FAILED"} (${seconds} s)`);
  if (ok) passed++;
  else {
    failed++;
    process.stdout.write(`${readFileSync(file, "utf8").trimEnd()}\n${reason}\n`);
  }
  return ok;
}

/** Runs a package's program, by its path in node_modules; a last argument that is an object adds to the environment. */
function run(log, program, ...args) {
  return node(log, join(root, "node_modules", program), ...args);
}

function node(log, program, ...args) {
  const extra = typeof args.at(-1) === "object" ? args.pop() : {};
  const result = spawnSync(process.execPath, [program, ...args], {
    cwd: root,
    stdio: ["ignore", log, log],
    env: { ...process.env, NEXT_TELEMETRY_DISABLED: "1", FORCE_COLOR: "0", NO_COLOR: "1", ...extra },
  });
  return result.status === 0;
}

/** Adds the tests of a report; false where there is no report or no test in it, which must not pass for success. */
function count(report, numbers) {
  const [good, bad] = numbers(JSON.parse(readFileSync(report, "utf8")));
  passed += good;
  failed += bad;
  return good + bad > 0;
}
