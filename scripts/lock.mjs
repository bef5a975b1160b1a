// Completes package-lock.json, so that `npm ci` accepts it on every platform and with every npm.
//
// `npm install` against a mirror that lacks other platforms' binaries leaves these out of the lock, and
// npm 11 then refuses the lock with "Missing: … from lock file". Each optional package that some entry
// asks for and that no entry describes gets one here: its version, and the platform that its name tells.
// Run it after every change of packages: node scripts/lock.mjs

import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const systems = ["android", "darwin", "freebsd", "linux", "win32", "openbsd", "netbsd", "sunos", "aix"];
const processors = ["arm64", "x64", "arm", "ia32", "ppc64", "s390x", "riscv64", "loong64", "wasm32"];

/** @typedef {{ version?: string, dev?: boolean, resolved?: string, optionalDependencies?: Record<string, string> }} Entry */

/**
 * The optional packages that the lock's entries ask for and that it does not describe.
 * @param {Record<string, Entry>} packages
 * @returns {{ path: string, version: string, dev: boolean }[]}
 */
export function missing(packages) {
  const found = [];
  for (const [parent, entry] of Object.entries(packages)) {
    for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
      if (!reachable(packages, parent, name)) {
        found.push({ path: `node_modules/${name}`, version, dev: entry.dev === true });
      }
    }
  }
  return found;
}

/** Node's own search: the package's folder, then each folder above it. */
function reachable(packages, parent, name) {
  for (let folder = parent; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf("/node_modules/")))) {
    if (`${folder ? `${folder}/` : ""}node_modules/${name}` in packages) return true;
    if (folder === "") return false;
  }
}

function complete(packages) {
  for (const { path, version, dev } of missing(packages)) {
    if (!/^\d+\.\d+\.\d+/.test(version)) throw new Error(`${path}: "${version}" is a range, not a version.`);
    const words = path.split(/[/-]/);
    const os = systems.filter((system) => words.includes(system));
    const cpu = processors.filter((processor) =>
      words.some(
        (word) => word === processor || (processor === "arm" && word.startsWith("arm") && word !== "arm64"),
      ),
    );
    const libc = words.includes("musl") ? ["musl"] : undefined;
    packages[path] = {
      version,
      cpu,
      dev: dev || undefined,
      libc,
      optional: true,
      os: os.length ? os : undefined,
    };
  }
  for (const entry of Object.values(packages)) delete entry.resolved; // names a host; npm asks its own registry
  return Object.fromEntries(Object.entries(packages).sort(([a], [b]) => (a < b ? -1 : 1)));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const file = fileURLToPath(new URL("../package-lock.json", import.meta.url));
  const lock = JSON.parse(readFileSync(file, "utf8"));
  const added = missing(lock.packages).length;
  lock.packages = complete(lock.packages);
  writeFileSync(`${file}.new`, `${JSON.stringify(lock, null, 2)}\n`);
  renameSync(`${file}.new`, file);
  console.log(`package-lock.json: ${added} packages of other platforms added.`);
}
