// The browser for tests: whatever Chromium the machine has. Nothing is downloaded but Debian's own package.

import { spawnSync } from "node:child_process";
import { accessSync, constants, existsSync } from "node:fs";
import { delimiter, join } from "node:path";

const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const elsewhere = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
];

/**
 * The path of a Chromium: `$CHROMIUM_PATH`, else the first one on the path or in its usual place.
 * @returns {string | undefined}
 */
export function findChromium() {
  const named = process.env.CHROMIUM_PATH;
  if (named) return runnable(named) ? named : undefined;
  const folders = [...(process.env.PATH ?? "").split(delimiter).filter(Boolean), "/usr/bin", "/snap/bin"];
  return [...names.flatMap((name) => folders.map((folder) => join(folder, name))), ...elsewhere].find(
    runnable,
  );
}

/**
 * The path of a Chromium, installed from Debian's archive where there is none and we are root there.
 * Throws one sentence that says what to do.
 * @returns {string}
 */
export function ensureChromium() {
  const present = findChromium();
  if (present) return present;
  if (process.env.CHROMIUM_PATH) {
    throw new Error(
      `CHROMIUM_PATH names ${process.env.CHROMIUM_PATH}, which is not a program. Correct or unset it.`,
    );
  }
  if (process.getuid?.() === 0 && existsSync("/etc/debian_version")) {
    console.log("Installing Chromium from Debian's archive …");
    const options = { stdio: "inherit", env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" } };
    const install = () =>
      spawnSync("apt-get", ["install", "-y", "--no-install-recommends", "chromium"], options);
    if (install().status !== 0) {
      spawnSync("apt-get", ["update"], options); // the list of packages may be missing or old
      install();
    }
    const fresh = findChromium();
    if (fresh) return fresh;
  }
  throw new Error(
    "The browser tests need Chromium and none was found. Install it (Debian: apt-get install chromium) or set CHROMIUM_PATH to a Chromium or Chrome.",
  );
}

function runnable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
