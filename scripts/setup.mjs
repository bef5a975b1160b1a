// Installs the packages where they are missing or differ from the lock. Node's own modules only: this runs
// before anything is installed.

import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The repository's root folder. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)));

const oldest = [20, 15];

/**
 * Makes `node_modules` fit the lock, by `npm ci` where it does not; ends the process with a sentence where
 * that fails.
 */
export function setup() {
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major < oldest[0] || (major === oldest[0] && minor < oldest[1])) {
    stop(
      `Node ${process.versions.node} is too old. Install Node ${oldest.join(".")} or newer from nodejs.org.`,
    );
  }
  if (installed()) return;
  console.log("Installing packages (about a minute) …");
  // NODE_ENV=production would leave out what building and testing need.
  const result = npm(["ci", "--include=dev", "--no-audit", "--no-fund", "--loglevel=error"]);
  if (result.error)
    stop(`npm cannot be started (${result.error.message}). Install Node with npm from nodejs.org.`);
  if (result.status !== 0) stop("The packages could not be installed: npm's message above says why.");
}

/**
 * Whether every package that the lock wants here is in `node_modules`, in the lock's version. npm notes what it
 * installed in `node_modules/.package-lock.json`, as its last step.
 */
export function installed(folder = root) {
  const wanted = packages(join(folder, "package-lock.json"));
  const present = packages(join(folder, "node_modules", ".package-lock.json"));
  if (!wanted || !present) return false;
  return Object.entries(wanted).every(([path, entry]) => {
    if (path === "") return true;
    return path in present ? present[path].version === entry.version : entry.optional || entry.peer;
  });
}

function packages(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8")).packages;
  } catch {
    return undefined; // not there, or cut short: install again
  }
}

/** Runs the npm that runs us, else the one on the path. */
function npm(args) {
  const script = process.env.npm_execpath;
  const options = { cwd: root, stdio: "inherit" };
  if (script?.endsWith("npm-cli.js")) return spawnSync(process.execPath, [script, ...args], options);
  return spawnSync("npm", args, { ...options, shell: process.platform === "win32" });
}

function stop(sentence) {
  console.error(sentence);
  process.exit(1);
}
