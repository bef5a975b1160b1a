import { expect, test } from "vitest";
import { BlockProcess } from "./block-process.ts";
import { startEngine } from "./start-engine.ts";
import type { TrainingJob } from "./train-job.ts";

test("the engine's program trains a block for each line and tells its memory at the end", async () => {
  const job: TrainingJob = {
    kind: "pictures",
    network: "mobilenetv2",
    batch: 2,
    size: 32,
    classes: 3,
    threads: 1,
    statistics: "live",
    steps: 2,
    rate: 1e-9,
    momentum: 0.9,
  };
  const engine = await startEngine(job);
  try {
    expect(engine.ready.parameters).toBe(2_223_872 + 3 * 1281); // table 2 of the paper, and a head for 3 classes
    expect(await engine.block()).toBeGreaterThan(0);
    expect(await engine.block()).toBeGreaterThan(0);
    expect(await engine.end()).toBeGreaterThan(50);
  } finally {
    engine.kill();
  }
}, 120_000);

test("a program that ends early is quoted", async () => {
  const start = BlockProcess.start(process.execPath, ["-e", "console.error('no luck'); process.exit(1)"]);
  await expect(start).rejects.toThrow("no luck");
});
