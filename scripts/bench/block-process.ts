import { type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import type { Side } from "./alternate.ts";

/**
 * A program that does one block of work for each line on its stdin and is idle in between: asleep, not
 * spinning, so that it takes nothing from the others.
 *
 * It speaks in lines of JSON: first what it is (`Ready`), then `{"ms": …}` for each block, and when its
 * stdin ends `{"peakMemoryMB": …}`.
 */
export class BlockProcess<Ready> implements Side {
  readonly #child: ChildProcessByStdio<Writable, Readable, Readable>;
  readonly #lines: AsyncIterator<string>;
  #complaint = "";
  #ready: Ready | undefined;

  private constructor(child: ChildProcessByStdio<Writable, Readable, Readable>) {
    this.#child = child;
    child.stderr.on("data", (data) => {
      this.#complaint = (this.#complaint + data).slice(-2000);
    });
    child.stdin.on("error", () => undefined); // a program that has died is noticed by its silence
    this.#lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  }

  /** Starts a program and waits until it is ready. Throws with its last words where it ends before that. */
  static async start<Ready>(file: string, args: readonly string[]): Promise<BlockProcess<Ready>> {
    const child = spawn(file, args, { stdio: ["pipe", "pipe", "pipe"] });
    const program = new BlockProcess<Ready>(child);
    program.#ready = await program.#answer<Ready>();
    return program;
  }

  /** What the program said of itself. */
  get ready(): Ready {
    return this.#ready!;
  }

  async block(): Promise<number> {
    this.#child.stdin.write("block\n");
    return (await this.#answer<{ ms: number }>()).ms;
  }

  /** Ends the program; returns the most memory that it ever held, in MB of 10⁶ bytes. */
  async end(): Promise<number> {
    this.#child.stdin.end();
    const { peakMemoryMB } = await this.#answer<{ peakMemoryMB: number }>();
    if (this.#child.exitCode === null) await once(this.#child, "exit");
    return peakMemoryMB;
  }

  /** Ends the program at once, whatever it does. */
  kill(): void {
    this.#child.kill("SIGKILL");
  }

  async #answer<Answer>(): Promise<Answer> {
    const { value, done } = await this.#lines.next();
    if (!done) return JSON.parse(value) as Answer;
    throw new Error(`${this.#child.spawnargs.join(" ")} ended early.\n${this.#complaint}`);
  }
}
