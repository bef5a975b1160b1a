/** Programs of the command line as a person starts them, for tests. */

import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";

/** How a program ended. */
export interface Ended {
  /** The exit code; null where a signal ended it. */
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** A program that runs. */
export interface Running {
  readonly process: ChildProcess;
  readonly ended: Promise<Ended>;
  /** Waits until stderr holds this text, or the program has ended. */
  said(text: string): Promise<void>;
}

/** Starts scripts/<name>.ts in a folder, with models/ and the app's data somewhere else than in the repository. */
export function start(name: string, args: readonly string[], cwd: string): Running {
  const { npm_lifecycle_event: _, ...env } = process.env;
  const program = join(import.meta.dirname, `${name}.ts`);
  const child = spawn(process.execPath, ["--import", import.meta.resolve("tsx"), program, ...args], {
    cwd,
    env: { NACRE_DATA: join(cwd, ".data"), ...env, NACRE_MODELS: join(cwd, "models") },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let out = "";
  let err = "";
  child.stdout.on("data", (text) => {
    out += text;
  });
  child.stderr.on("data", (text) => {
    err += text;
  });
  const ended = new Promise<Ended>((resolve) => child.on("close", (code) => resolve({ code, out, err })));
  const said = (text: string) =>
    new Promise<void>((resolve) => {
      const look = () => {
        if (err.includes(text)) resolve();
      };
      child.stderr.on("data", look);
      child.on("close", () => resolve());
      look();
    });
  return { process: child, ended, said };
}
