import { existsSync } from "node:fs";
import { join } from "node:path";
import { BlockProcess } from "./block-process.ts";
import type { TrainingJob } from "./train-job.ts";
import type { Layout } from "./train-record.ts";

/** Debian's package python3-torch belongs to the system's Python. */
const python = "/usr/bin/python3";
/** Below this, in GFLOP/s for a product of 1024 × 1024 matrices, torch computes them by the reference BLAS. */
const referenceBlas = 20;

/** What torch_train.py says first. */
export type TorchReady =
  | { readonly missing: string }
  | {
      readonly missing?: undefined;
      readonly parameters: number;
      readonly version: string;
      readonly matmulGflops: number;
    };

/** PyTorch on this machine, if it has one, and what is to be said of it. */
export class Torch {
  version: string | null = null;
  readonly #notes = new Set<string>();

  get notes(): string[] {
    return [...this.#notes];
  }

  /**
   * Starts PyTorch on a job, of pictures in a memory layout; undefined where it is not there. Throws where its
   * network is not ours.
   */
  async start(
    job: TrainingJob & { readonly layout?: Layout },
    parameters: number,
  ): Promise<BlockProcess<TorchReady> | undefined> {
    if (!existsSync(python)) return this.#without(`there is no ${python}`);
    const program = join(import.meta.dirname, "torch_train.py");
    const rival = await BlockProcess.start<TorchReady>(python, [program, JSON.stringify(job)]);
    if (rival.ready.missing !== undefined) return this.#without(`${python}: ${rival.ready.missing}`);
    this.version = rival.ready.version;
    if (rival.ready.parameters !== parameters) {
      rival.kill();
      throw new Error(
        `PyTorch's ${job.network} has ${rival.ready.parameters} parameters, ours ${parameters}.`,
      );
    }
    const gflops = rival.ready.matmulGflops;
    if (gflops < referenceBlas) {
      this.#notes.add(
        `PyTorch multiplies matrices at ${gflops.toFixed(1)} GFLOP/s only, as with the reference BLAS, which makes it unfairly slow. Install a tuned one (Debian: libopenblas0-pthread).`,
      );
    }
    return rival;
  }

  #without(reason: string): undefined {
    this.#notes.add(
      `PyTorch was not measured: ${reason}. Install it (Debian: python3-torch libopenblas0-pthread).`,
    );
  }
}
