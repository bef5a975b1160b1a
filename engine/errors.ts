/** What went wrong, as a word that programs can compare. The command line maps each to an exit code. */
export type ErrorCode =
  | "usage" // wrong flags, unknown task
  | "input" // a picture, a folder, a table that cannot be used
  | "weights" // corrupt or ill-fitting weights, graphs, releases
  | "diverged" // the loss became NaN or infinite
  | "storage" // disk full, not writable
  | "unsupported" // a device or feature that is not here
  | "interrupted"; // stopped by a signal, state saved

/** An error that a person can act on: the message names the thing, the cause and the next step. */
export class NacreError extends Error {
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = "NacreError";
    this.code = code;
  }
}
