import { join } from "node:path";
import { BlockProcess } from "./block-process.ts";
import type { TrainingJob } from "./train-job.ts";

/** Starts the program that trains with our engine. */
export function startEngine(job: TrainingJob): Promise<BlockProcess<{ readonly parameters: number }>> {
  const program = join(import.meta.dirname, "train-engine.ts");
  const args = ["--import", import.meta.resolve("tsx"), program, JSON.stringify(job)];
  return BlockProcess.start(process.execPath, args);
}
