import { goldenInput } from "../../engine/release/golden.ts";
import { loadRelease } from "../../engine/release/load.ts";
import { alternate, type Limits } from "./alternate.ts";

/** How one way to run a release in Node fares. */
export interface NodeTiming {
  readonly graph: "wasm" | "webgpu";
  readonly threads: number;
  /** Of its blocks, in ms an image. */
  readonly blocks: readonly number[];
  /** What it answers to the first golden input. */
  readonly logits: Float32Array;
}

/** Images a block, one after another. */
const images = 10;

/**
 * Times both graphs of the release in a folder in Node, each with 1 and 2 threads. One after the other:
 * several sessions in one process would wake each other's threads.
 */
export async function timeInNode(release: string, rounds: Limits["rounds"]): Promise<NodeTiming[]> {
  const timings: NodeTiming[] = [];
  for (const graph of ["wasm", "webgpu"] as const) {
    for (const threads of [1, 2]) {
      const classifier = await loadRelease(release, { graph, threads });
      const image = goldenInput(1, classifier.manifest.input);
      const { logits } = await classifier.classify(image, 1);
      const block = async () => {
        const began = performance.now();
        for (let i = 0; i < images; i++) await classifier.classify(image, 1);
        return performance.now() - began;
      };
      const until = performance.now() + longestMs;
      const [costs] = await alternate([{ block }], { until, rounds });
      timings.push({ graph, threads, blocks: costs!.map((ms) => ms / images), logits });
      await classifier.dispose();
    }
  }
  return timings;
}

/** For each way at most this long, beyond the least number of rounds. */
const longestMs = 5000;
