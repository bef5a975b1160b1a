/** Ctrl-C and kill while something goes on that should first be saved. */

/**
 * Runs `work` with a signal that SIGINT and SIGTERM abort. The second of them ends the process at once, as does
 * the first one when `work` is over.
 */
export async function stoppable<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const stop = new AbortController();
  const onSignal = () => {
    if (stop.signal.aborted) process.exit(130);
    console.error("\nStopping after this step; once more Ctrl-C stops at once …");
    stop.abort();
  };
  process.on("SIGINT", onSignal).on("SIGTERM", onSignal);
  try {
    return await work(stop.signal);
  } finally {
    process.off("SIGINT", onSignal).off("SIGTERM", onSignal);
  }
}
