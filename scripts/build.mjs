// The production build, made again only when something that it is made of has changed.

import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { generate } from "./generate.mjs";
import { root } from "./setup.mjs";

const folders = ["app", "lib", "engine", "models"];
const files = [
  ...["next.config.js", "postcss.config.mjs", "proxy.ts", "instrumentation.ts"],
  ...["prisma/schema.prisma", "package-lock.json", "tsconfig.json"],
];
const stamp = join(root, ".next", "nacre-build");

/** Next's own program: run by node directly, so that a signal reaches the server itself. */
export const next = join(root, "node_modules", "next", "dist", "bin", "next");

/** Whether the last successful build began after the newest change of a source. */
export function built() {
  let since;
  try {
    since = Number(readFileSync(stamp, "utf8"));
  } catch {
    return false;
  }
  return [...folders, ...files].every((name) => newest(join(root, name)) < since);
}

/**
 * Builds for production. Returns whether it succeeded.
 * @param {"inherit" | number} output where the build's words go: "inherit" or a file descriptor
 */
export function build(output = "inherit") {
  const began = Date.now();
  rmSync(stamp, { force: true });
  generate();
  const result = spawnSync(process.execPath, [next, "build"], {
    cwd: root,
    stdio: ["ignore", output, output],
    env: { ...process.env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" },
  });
  if (result.status !== 0) return false;
  mkdirSync(join(root, ".next"), { recursive: true });
  writeFileSync(stamp, String(began));
  return true;
}

/** The newest time of change under `path`, in ms since 1970; 0 where there is nothing. */
function newest(path) {
  if (path.endsWith("releases")) return 0; // read while the app runs, not built into it
  const entry = statSync(path, { throwIfNoEntry: false });
  if (!entry) return 0;
  if (!entry.isDirectory()) return entry.mtimeMs;
  return readdirSync(path).reduce(
    (latest, name) => Math.max(latest, newest(join(path, name))),
    entry.mtimeMs,
  );
}
