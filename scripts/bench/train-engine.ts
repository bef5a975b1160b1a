/** The program that trains with this engine, a block of steps for each line on stdin. See BlockProcess. */

import { createInterface } from "node:readline";
import { networkOf } from "../../engine/networks/index.ts";
import { classifier } from "../../engine/networks/network.ts";
import { sgd } from "../../engine/optim/optimiser.ts";
import { constantRate } from "../../engine/optim/schedule.ts";
import { Rng } from "../../engine/random.ts";
import { nodeRuntime } from "../../engine/runtime/node.ts";
import { float32 } from "../../engine/runtime/runtime.ts";
import { type Steps, TrainingSession } from "../../engine/train/session.ts";
import { trainingStep } from "../../engine/train/step.ts";
import { initialWeights } from "../../engine/train/weights.ts";
import type { TrainingJob } from "./train-job.ts";

const job = JSON.parse(process.argv[2]!) as TrainingJob;
const tell = (record: object) => console.log(JSON.stringify(record));

const { session, parameters } = await start(job);
const steps = randomSteps(job);
tell({ parameters });
for await (const _ of createInterface({ input: process.stdin })) {
  const began = performance.now();
  await session.run(steps);
  tell({ ms: performance.now() - began });
}
tell({ peakMemoryMB: Math.round((process.resourceUsage().maxRSS * 1024) / 1e6) });

/** A training step as the trainer makes it, on new weights, and how many numbers it trains. */
async function start(job: TrainingJob): Promise<{ session: TrainingSession; parameters: number }> {
  const { batch, size, classes, statistics, threads, rate, momentum } = job;
  const step = trainingStep({
    layer: classifier(networkOf(job.network, classes)),
    input: { shape: [batch, 3, size, size], dtype: "float32" },
    classes,
    optimiser: sgd({ momentum }),
    schedule: constantRate(rate),
    statistics,
    seed: 0,
  });
  const changing = step.state.flatMap(({ role, slot }) => (role === "weight" ? [slot!] : []));
  const weights = initialWeights([...step.fixed, ...changing], new Rng(1));
  const trained = changing.filter(({ kind }) => kind === "parameter");
  return {
    session: await TrainingSession.start(step, nodeRuntime({ threads }), weights),
    parameters: trained.reduce((n, { shape }) => n + shape.reduce((a, b) => a * b, 1), 0),
  };
}

/** Noise with labels: what a block trains on, the same each time. */
function randomSteps({ steps, batch, size, classes }: TrainingJob): Steps {
  const rng = new Rng(2);
  const dims = [steps, batch, 3, size, size];
  const pictures = new Float32Array(dims.reduce((a, b) => a * b)).map(() => rng.uniform(-2, 2));
  const targets = new Float32Array(steps * batch * classes);
  for (let row = 0; row < steps * batch; row++) targets[row * classes + rng.integer(classes)] = 1;
  return { count: steps, batch: float32(pictures, dims), targets, targetDims: [steps, batch, classes] };
}
