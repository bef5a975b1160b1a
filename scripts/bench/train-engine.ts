/** The program that trains with this engine, a block of steps for each line on stdin. See BlockProcess. */

import { createInterface } from "node:readline";
import { Rng } from "../../engine/random.ts";
import { nodeRuntime } from "../../engine/runtime/node.ts";
import { TrainingSession } from "../../engine/train/session.ts";
import { initialWeights } from "../../engine/train/weights.ts";
import type { TrainingJob } from "./train-job.ts";
import { randomSteps, stepOf } from "./train-subject.ts";

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

/** The job's training step on new weights, and how many numbers it trains. */
async function start(job: TrainingJob): Promise<{ session: TrainingSession; parameters: number }> {
  const step = stepOf(job);
  const changing = step.state.flatMap(({ role, slot }) => (role === "weight" ? [slot!] : []));
  const weights = initialWeights([...step.fixed, ...changing], new Rng(1));
  const trained = changing.filter(({ kind }) => kind === "parameter");
  return {
    session: await TrainingSession.start(step, nodeRuntime({ threads: job.threads }), weights),
    parameters: trained.reduce((n, { shape }) => n + shape.reduce((a, b) => a * b, 1), 0),
  };
}
