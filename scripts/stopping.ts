/** Ctrl-C and kill while something goes on that should first be saved. */

/** How often it is looked whether npm is still there, in ms. */
const LOOK_EVERY = 1000;

/** Who started us. Asked at the start: it may be gone by the time that there is something to save. */
const parent = process.ppid;

/**
 * Runs `work` with a signal that SIGINT and SIGTERM abort, and the end of the shell in which npm started us: a
 * killed npm ends that shell alone. The second signal ends the process at once, as does the first one when
 * `work` is over.
 */
export async function stoppable<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const stop = new AbortController();
  const onSignal = () => {
    if (stop.signal.aborted) process.exit(130);
    console.error("\nStopping after this step. Ctrl-C once more stops at once.");
    stop.abort();
  };
  const watch = setInterval(() => {
    if (process.env.npm_lifecycle_event && process.ppid !== parent && !stop.signal.aborted) onSignal();
  }, LOOK_EVERY);
  process.on("SIGINT", onSignal).on("SIGTERM", onSignal);
  try {
    return await work(stop.signal);
  } finally {
    clearInterval(watch);
    process.off("SIGINT", onSignal).off("SIGTERM", onSignal);
  }
}
