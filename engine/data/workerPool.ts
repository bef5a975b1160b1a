import { Worker } from "node:worker_threads";
import { type ErrorCode, NacreError } from "../errors.ts";
import type { TensorOrder } from "./evaluationTensors.ts";
import type { SoundBatch, SoundPlan } from "./soundBatches.ts";
import type { Batch, BatchOrder, PickOrder, TrainingPlan } from "./trainingBatches.ts";

/** What a worker is told when it starts. */
export interface WorkerSetup {
  readonly training?: TrainingPlan;
  readonly sounds?: SoundPlan;
}

/** What a worker is asked. */
export type Job =
  | { readonly id: number; readonly kind: "batch"; readonly order: BatchOrder }
  | { readonly id: number; readonly kind: "sounds"; readonly order: PickOrder }
  | { readonly id: number; readonly kind: "tensors"; readonly order: TensorOrder };

/** What a worker replies: a result, an error for people, or the text of a fault of ours. */
export type Answer =
  | { readonly id: number; readonly result: Batch | SoundBatch | Float32Array<ArrayBuffer> }
  | { readonly id: number; readonly error: { readonly code: ErrorCode; readonly message: string } | string };

interface Pending {
  readonly worker: number;
  readonly resolve: (result: never) => void;
  readonly reject: (error: Error) => void;
}

/** Threads that read pictures or recordings. Jobs go at once to the thread with the fewest, so that threads never wait for us. */
export class WorkerPool {
  readonly #workers: Worker[];
  readonly #load: number[];
  readonly #pending = new Map<number, Pending>();
  #nextId = 0;
  #ended: Error | undefined;

  constructor(count: number, setup: WorkerSetup) {
    this.#workers = Array.from({ length: count }, () => startWorker(setup));
    this.#load = this.#workers.map(() => 0);
    for (const worker of this.#workers) {
      worker.unref(); // an idle pool must not keep a program alive
      worker.on("message", (answer: Answer) => this.#settle(answer));
      worker.on("error", (error) => this.#fail(error));
      worker.on("exit", (code) => this.#fail(new Error(`A loader thread ended with exit code ${code}.`)));
    }
  }

  /** Makes a training batch; rejects with what TrainingBatches.make throws. */
  batch(order: BatchOrder): Promise<Batch> {
    return this.#post((id) => ({ id, kind: "batch", order }));
  }

  /** Makes a training batch of recordings; rejects with what SoundBatches.make throws. */
  sounds(order: PickOrder): Promise<SoundBatch> {
    return this.#post((id) => ({ id, kind: "sounds", order }));
  }

  /** Reads pictures as tensors; rejects with what readTensors throws. */
  tensors(order: TensorOrder): Promise<Float32Array<ArrayBuffer>> {
    return this.#post((id) => ({ id, kind: "tensors", order }));
  }

  /** Ends the threads; jobs still under way are rejected. */
  async close(): Promise<void> {
    this.#fail(new NacreError("interrupted", "The loader was closed while files were being read."));
    await Promise.all(this.#workers.map((worker) => worker.terminate()));
  }

  #post<T>(job: (id: number) => Job): Promise<T> {
    if (this.#ended) return Promise.reject(this.#ended);
    const id = this.#nextId++;
    const worker = this.#load.indexOf(Math.min(...this.#load));
    const promise = new Promise<T>((resolve, reject) => {
      this.#pending.set(id, { worker, resolve, reject });
    });
    promise.catch(() => {}); // a job that nobody awaits any more must not end the program
    this.#load[worker]!++;
    this.#workers[worker]!.ref();
    this.#workers[worker]!.postMessage(job(id));
    return promise;
  }

  #settle(answer: Answer): void {
    const pending = this.#pending.get(answer.id);
    if (!pending) return;
    this.#pending.delete(answer.id);
    if (--this.#load[pending.worker]! === 0) this.#workers[pending.worker]!.unref();
    if ("result" in answer) pending.resolve(answer.result as never);
    else if (typeof answer.error === "string") pending.reject(new Error(answer.error));
    else pending.reject(new NacreError(answer.error.code, answer.error.message));
  }

  #fail(error: Error): void {
    this.#ended ??= error;
    for (const { reject } of this.#pending.values()) reject(this.#ended);
    this.#pending.clear();
  }
}

/**
 * Starts loader.worker beside this file: compiled, or from its TypeScript source. It takes no flags from us: a
 * relative one such as --import tsx would be looked for from wherever the program has gone since.
 */
function startWorker(setup: WorkerSetup): Worker {
  const entry = import.meta.url.endsWith(".ts") ? "./loader.worker.source.mjs" : "./loader.worker.js";
  return new Worker(new URL(entry, import.meta.url), { workerData: setup, execArgv: [] });
}
