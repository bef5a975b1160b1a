import { existsSync } from "node:fs";

/** The browser for the tests: $CHROMIUM_PATH, else what the system has. Throws a sentence where there is none. */
export function chromiumPath(): string {
  const candidates = [
    process.env.CHROMIUM_PATH,
    "/usr/bin/chromium",
    "/usr/bin/chromium-browser",
    "/usr/bin/google-chrome",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  ];
  const found = candidates.find((path) => path !== undefined && existsSync(path));
  if (found !== undefined) return found;
  throw new Error("No Chromium was found: run “apt-get install chromium” as root, or set CHROMIUM_PATH.");
}
