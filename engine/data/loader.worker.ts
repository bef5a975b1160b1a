import { parentPort, workerData } from "node:worker_threads";
import sharp from "sharp";
import { NacreError } from "../errors.ts";
import { readTensors } from "./evaluationTensors.ts";
import { SoundBatches } from "./soundBatches.ts";
import { TrainingBatches } from "./trainingBatches.ts";
import type { Answer, Job, WorkerSetup } from "./workerPool.ts";

// The threads are the parallelism; sharp's own would compete with the training step for the cores.
sharp.concurrency(1);
sharp.cache(false);

const { training, sounds } = workerData as WorkerSetup;
const batches = training && new TrainingBatches(training);
const soundBatches = sounds && new SoundBatches(sounds);

// One after the other: the pool sends the next jobs ahead, and they wait here without its help.
let last: Promise<void> = Promise.resolve();
parentPort!.on("message", (job: Job) => {
  last = last.then(() => answer(job));
});

async function answer(job: Job): Promise<void> {
  try {
    if (job.kind === "tensors") {
      const tensors = await readTensors(job.order);
      send({ id: job.id, result: tensors }, [tensors.buffer]);
    } else if (job.kind === "sounds") {
      const batch = await soundBatches!.make(job.order);
      send({ id: job.id, result: batch }, [batch.samples.buffer, batch.targets.buffer]);
    } else {
      const batch = await batches!.make(job.order);
      send({ id: job.id, result: batch }, [batch.images.buffer, batch.targets.buffer]);
    }
  } catch (error) {
    const known = error instanceof NacreError;
    send({ id: job.id, error: known ? { code: error.code, message: error.message } : String(error) }, []);
  }
}

function send(message: Answer, transfer: ArrayBuffer[]): void {
  parentPort!.postMessage(message, transfer);
}
