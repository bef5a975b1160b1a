// Compiles the engine for publishing: JavaScript and type declarations into dist/, from the entry points down.
// `npm pack` calls it before packing, and with --clean afterwards.

import { spawnSync } from "node:child_process";
import { rmSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

const at = (path) => fileURLToPath(new URL(path, import.meta.url));

rmSync(at("dist"), { recursive: true, force: true });
if (!process.argv.includes("--clean")) {
  const compiler = createRequire(import.meta.url).resolve("typescript/bin/tsc");
  const { status } = spawnSync(process.execPath, [compiler, "--project", at("tsconfig.json")], {
    stdio: ["ignore", 2, 2], // npm pack's own output is data
  });
  process.exitCode = status ?? 1;
}
