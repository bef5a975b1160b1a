import { type Browser, chromium } from "@playwright/test";
import { findChromium } from "../chromium.mjs";
import { alternate, type Limits, type Side } from "./alternate.ts";
import { programPath, serve } from "./serve.ts";
import type { Started } from "./web-side.ts";

/** How one way to run a release in the browser fares. */
export interface BrowserTiming {
  /** Threads that it was given, and that it used. */
  readonly threads: number;
  readonly threadsUsed: number;
  /** Of its blocks, in ms an image. */
  readonly blocks: readonly number[];
}

export interface BrowserTimings {
  readonly browser: string;
  readonly engine: readonly BrowserTiming[];
  readonly tfjs: readonly BrowserTiming[];
  /** What TensorFlow.js answers to the first golden input. */
  readonly tfjsLogits: readonly number[];
}

/** Images a block, one after another. */
const images = 10;

/**
 * Times the release in a folder in headless Chromium, ours and TensorFlow.js in turn, each with 1 and 2 threads
 * and in a page and worker of its own. Undefined where there is no Chromium.
 */
export async function timeInBrowser(
  release: string,
  limits: Limits,
  onRound?: (done: number) => void,
): Promise<BrowserTimings | undefined> {
  const executablePath = findChromium();
  if (!executablePath) return undefined;
  const server = await serve(release);
  const browser = await chromium.launch({ executablePath });
  try {
    const ways = (["web-engine", "web-tfjs"] as const).flatMap((program) =>
      [1, 2].map((threads) => ({ program, threads })),
    );
    const sides: WebWorker[] = [];
    for (const { program, threads } of ways)
      sides.push(await WebWorker.open(browser, server.url, programPath(program), threads));
    const costs = await alternate(sides, limits, onRound);
    const timings = ways.map(({ program, threads }, i) => ({
      program,
      threads,
      threadsUsed: sides[i]!.started.threads,
      blocks: costs[i]!.map((ms) => ms / images),
    }));
    return {
      browser: `Chromium ${browser.version()}`,
      engine: timings.filter(({ program }) => program === "web-engine"),
      tfjs: timings.filter(({ program }) => program === "web-tfjs"),
      tfjsLogits: sides.at(-1)!.started.logits,
    };
  } finally {
    await browser.close();
    server.close();
  }
}

/** A program in a worker of a page of its own; asked by the global that web-side.ts describes. */
class WebWorker implements Side {
  readonly started: Started;
  readonly #ask: (question: string) => Promise<unknown>;

  private constructor(ask: (question: string) => Promise<unknown>, started: Started) {
    this.#ask = ask;
    this.started = started;
  }

  static async open(browser: Browser, url: string, program: string, threads: number): Promise<WebWorker> {
    const page = await browser.newPage();
    await page.goto(url);
    const begun = page.waitForEvent("worker");
    await page.evaluate((path) => void new Worker(path, { type: "module" }), program);
    const worker = await begun;
    // In words, because functions would travel as the compiler left them, with its helpers missing.
    const ask = (question: string): Promise<unknown> => worker.evaluate(question);
    while (!(await ask("'bench' in globalThis"))) await page.waitForTimeout(20);
    return new WebWorker(ask, (await ask(`bench.start(${threads})`)) as Started);
  }

  async block(): Promise<number> {
    return (await this.#ask(`bench.block(${images})`)) as number;
  }
}
