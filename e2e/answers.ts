import type { Page } from "@playwright/test";
import type { Report } from "../lib/inference/protocol.ts";

/** What a page's worker told, which the page itself shows rounded. */
export interface Told {
  /** Of each answer: one per class, in the manifest's order. */
  readonly probabilities: number[][];
  /** What computes: "wasm, 1 thread", "wasm, 2 threads" or "webgpu". */
  device: string;
}

/** Lets every page that this one becomes keep what its worker tells; to be called before it is opened. */
export async function listen(page: Page): Promise<() => Promise<Told>> {
  await page.addInitScript(() => {
    const told: Told = { probabilities: [], device: "" };
    Object.assign(window, { told });
    window.Worker = class extends Worker {
      constructor(url: string | URL, options?: WorkerOptions) {
        super(url, options);
        this.addEventListener("message", ({ data }: MessageEvent<Report>) => {
          if (data.kind === "outcome" && data.outcome.kind === "answer")
            told.probabilities.push([...data.outcome.answer.probabilities]);
          if (data.kind === "model" && data.state.phase === "ready") {
            const { device, threads } = data.state;
            told.device = device === "wasm" ? `wasm, ${threads} thread${threads > 1 ? "s" : ""}` : device;
          }
        });
      }
    };
  });
  return () => page.evaluate(() => (window as unknown as { told: Told }).told);
}
