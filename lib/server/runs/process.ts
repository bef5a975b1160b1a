import { readFileSync } from "node:fs";
import { hostname } from "node:os";

/** A process that trains, and the machine that it is on. */
export interface Process {
  readonly pid: number;
  readonly host: string;
}

/** Whether a process of this number is there, and is one of Node's as far as the system tells. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM"; // there, and somebody else's
  }
  return /node/.test(commandLine(pid) ?? "node");
}

/** Whether a process of this number is there and was started with this word, as far as the system tells. */
export function isRunning(pid: number, word: string): boolean {
  return isAlive(pid) && (commandLine(pid)?.split("\0").includes(word) ?? true);
}

/**
 * Asks a training process to stop, as Ctrl-C does: it saves a checkpoint first. Returns false where it is on another
 * machine, not there any more, or no training.
 */
export function askToStop({ pid, host }: Process): boolean {
  if (host !== hostname() || !/train/.test(commandLine(pid) ?? "train")) return false;
  try {
    return process.kill(pid, "SIGINT");
  } catch {
    return false;
  }
}

/** What a process was started with, where the system tells: its number may have been given to another one. */
function commandLine(pid: number): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8");
  } catch {
    return undefined;
  }
}
