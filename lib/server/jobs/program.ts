import { spawn } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { storageError } from "../../../engine/train/writeWhole.ts";
import { dataFolder } from "../data-folder.ts";

/** A program of the command line that was started. */
export interface Started {
  readonly pid: number;
  /** Resolves to its exit code, null where a signal ended it. */
  readonly ended: Promise<number | null>;
}

/** What a program has said. */
export interface Said {
  readonly out: string;
  readonly err: string;
}

/**
 * Starts scripts/<name>.ts as npm does, in a process group of its own, so that it outlives whoever started it; a
 * `bound` one stops when that is gone, as it does when npm is gone. What it says is kept under NACRE_DATA/jobs.
 *
 * @param id of the job, by which `said` finds its words again
 * @throws NacreError("storage")
 */
export async function start(
  root: string,
  id: string,
  name: string,
  words: readonly string[],
  bound: boolean,
): Promise<Started> {
  const files = pathsOf(root, id);
  const opened: number[] = [];
  try {
    await mkdir(join(files.out, ".."), { recursive: true, mode: 0o700 });
    for (const path of [files.out, files.err])
      opened.push(openSync(/* turbopackIgnore: true */ path, "w", 0o600));
  } catch (cause) {
    throw storageError(files.out, cause);
  }
  const child = spawn(process.execPath, programWords(name, words), {
    cwd: root,
    detached: true,
    stdio: ["ignore", ...opened],
    env: { ...programEnvironment(), ...(bound && { npm_lifecycle_event: name, INIT_CWD: root }) },
  });
  for (const file of opened) closeSync(file);
  const ended = new Promise<number | null>((resolve) => {
    child.once("exit", resolve);
    child.once("error", () => resolve(1));
  });
  child.unref();
  return { pid: child.pid ?? 0, ended };
}

/** What the program of a job has said so far. */
export async function said(root: string, id: string): Promise<Said> {
  const { out, err } = pathsOf(root, id);
  const read = (path: string) => readFile(path, "utf8").catch(() => "");
  return { out: await read(out), err: await read(err) };
}

/** The sentence with which a program ended: its last line, or the first of a bug's. */
export function lastSentence(err: string): string | undefined {
  const lines = err.split(/[\r\n]+/).filter((line) => line.trim() !== "");
  const bug = lines.findIndex((line) => line.startsWith("This is a bug"));
  return bug < 0 ? lines.at(-1) : lines.slice(bug, bug + 2).join(" ");
}

/** A script's words for Node. */
export const programWords = (name: string, words: readonly string[]): readonly string[] => [
  ...["--import", "tsx", join("scripts", `${name}.ts`)],
  ...words,
];

/** The environment of a program, which has no business with the app's secrets. */
export function programEnvironment(): NodeJS.ProcessEnv {
  const { NACRE_SETUP_CODE: _code, DATABASE_URL: _url, npm_lifecycle_event: _event, ...rest } = process.env;
  return rest;
}

function pathsOf(root: string, id: string): { readonly out: string; readonly err: string } {
  const base = join(dataFolder(root), "jobs", id);
  return { out: `${base}.out`, err: `${base}.err` };
}
