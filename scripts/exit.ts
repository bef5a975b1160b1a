import { CommanderError } from "commander";
import { type ErrorCode, NacreError } from "../engine/errors.ts";

/** The exit code of each kind of failure; 0 is success and 1 a bug of ours. Every --help prints this table. */
export const exitCodes = {
  usage: { code: 2, meaning: "wrong options, unknown task" },
  input: { code: 3, meaning: "a file or folder that cannot be used" },
  weights: { code: 4, meaning: "a release, graph or weights that are corrupt or do not fit" },
  diverged: { code: 5, meaning: "the loss became NaN or infinite" },
  storage: { code: 6, meaning: "the disk is full or cannot be written" },
  unsupported: { code: 7, meaning: "a device or feature that this machine lacks" },
  interrupted: { code: 130, meaning: "stopped by Ctrl-C or a signal" },
} as const satisfies Record<ErrorCode, { code: number; meaning: string }>;

/** The exit code of what was thrown. */
export function exitCodeOf(error: unknown): number {
  if (error instanceof NacreError) return exitCodes[error.code].code;
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : exitCodes.usage.code;
  return 1;
}

/**
 * What the person reads of it: a NacreError's sentence, a bug's whole trace, and nothing where commander has
 * said it already.
 */
export function explanationOf(error: unknown): string | undefined {
  if (error instanceof NacreError) return error.message;
  if (error instanceof CommanderError) return undefined;
  const trace = error instanceof Error ? error.stack : String(error);
  return `This is a bug, please report it with these lines:\n${trace}`;
}
