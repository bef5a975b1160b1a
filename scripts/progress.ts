import cliProgress from "cli-progress";

/** Shows how far a long work is. On stderr, so that stdout holds data alone. */
export interface Progress {
  /** So many items are done now, of all; `note` is shown after the time left. */
  update(done: number, note?: string): void;
  /** Makes room for a line of words: the bar is drawn again below it. */
  clear(): void;
  /** Ends the bar; what follows on stderr starts on a line of its own. */
  stop(): void;
}

/** Without a terminal a line is printed this often, so that a log stays readable. */
const lineEveryMs = 10_000;

/**
 * A bar with rate and time left on a terminal, plain lines now and then elsewhere. `unit` is plural, a `total` of 0 not known; `before` of
 * the items were done earlier.
 */
export function progress(
  total: number,
  unit: string,
  before = 0,
  stream: NodeJS.WriteStream = process.stderr,
): Progress {
  const began = performance.now();
  const words = (done: number, note?: string) =>
    [status(done, total, unit, performance.now() - began, before), ...(note ? [note] : [])].join(" · ");
  return stream.isTTY ? bar(total, words, stream) : lines(words, stream);
}

/** "120/600 pictures · 45/s · 11 s left"; a total of 0 is not known yet: "120 texts · 45/s". */
export function status(done: number, total: number, unit: string, elapsedMs: number, before = 0): string {
  const rate = (1000 * (done - before)) / elapsedMs;
  const count = total === 0 ? `${done} ${unit}` : `${done}/${total} ${unit}`;
  if (done === before || !Number.isFinite(rate)) return count;
  const speed = `${count} · ${rate < 10 ? rate.toFixed(1) : Math.round(rate)}/s`;
  return total === 0 ? speed : `${speed} · ${duration((total - done) / rate)} left`;
}

/** Seconds in a person's words: "8 s", "3 min 20 s", "2 h 5 min". */
export function duration(seconds: number): string {
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
}

function bar(
  total: number,
  words: (done: number, note?: string) => string,
  stream: NodeJS.WriteStream,
): Progress {
  const options = {
    stream,
    clearOnComplete: true,
    barsize: 24,
    barCompleteChar: "━",
    barIncompleteChar: "─",
    format: "{bar} {words}",
  };
  const single = new cliProgress.SingleBar(options);
  single.start(total, 0, { words: words(0) });
  return {
    update: (done, note) => single.update(done, { words: words(done, note) }),
    clear: () => stream.write("\r\x1b[K"), // carriage return, erase to the end of the line
    stop: () => single.stop(),
  };
}

function lines(words: (done: number, note?: string) => string, stream: NodeJS.WriteStream): Progress {
  let last = performance.now();
  return {
    update(done, note) {
      if (performance.now() - last < lineEveryMs) return;
      last = performance.now();
      stream.write(`${words(done, note)}\n`);
    },
    clear() {},
    stop() {},
  };
}
