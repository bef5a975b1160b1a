/** Who trains: the process, the version of Nacre, the machine, and what was typed. */

import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { arch, availableParallelism, cpus, hostname, platform, totalmem } from "node:os";
import { dirname, join } from "node:path";

const repository = dirname(import.meta.dirname);

/** What a run notes of each process that trains it. */
export const provenance = () => ({
  pid: process.pid,
  version: version(),
  machine: {
    host: hostname(),
    processor: cpus()[0]?.model ?? arch(),
    cores: availableParallelism(),
    /** In MB. */
    memory: Math.round(totalmem() / 1e6),
    system: `${platform()} ${arch()}`,
    node: process.versions.node,
  },
  /** The words after "npm run train --". */
  words: process.argv.slice(2),
});

/** The package's version, with the commit where this is a clone: "0.1.0 (266a7f6)". */
function version(): string {
  const { version } = JSON.parse(readFileSync(join(repository, "package.json"), "utf8")) as {
    version: string;
  };
  try {
    const git = ["-C", repository, "rev-parse", "--short", "HEAD"];
    return `${version} (${execFileSync("git", git, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim()})`;
  } catch {
    return version;
  }
}
