import { expect, test } from "vitest";
import { sequenceReport, sequenceRow } from "./sequence-record.ts";
import type { SequenceJob } from "./train-job.ts";

const job: SequenceJob = {
  kind: "sequences",
  network: "lstm",
  ...{ batch: 10, length: 50, classes: 3, threads: 1, steps: 2, rate: 1e-9, clip: 1, weightDecay: 0 },
};

test("a case's figures are medians of its blocks", () => {
  const ours = { blocksMs: [2000, 1000, 9000], peakMemoryMB: 300 };
  const theirs = { blocksMs: [3000, 2000, 4000], peakMemoryMB: 400 };
  const row = sequenceRow(job, ours, theirs);
  expect(row).toMatchObject({ tokensPerSecond: 500, pytorchTokensPerSecond: 333, ratio: 1.5, blocks: 3 });
  expect(row).toMatchObject({ stepMs: 1000, stepMsMin: 500, pytorchStepMsMin: 1000, stepsPerBlock: 2 });
  const record = { network: "lstm", pytorch: "1.13", notes: [], cases: [row], ratioToPyTorch: 1.5 } as const;
  const report = sequenceReport(record);
  expect(report).toContain("10 × 50 tokens, 1 thread ");
  expect(report).toContain("ratio 1.50   (3 blocks)");
  expect(report).toContain("At least 1.50 × PyTorch 1.13.");
});

test("without PyTorch there are our figures alone", () => {
  const row = sequenceRow(job, { blocksMs: [1000], peakMemoryMB: 300 }, undefined);
  expect(row).toMatchObject({ tokensPerSecond: 1000, pytorchTokensPerSecond: null, ratio: null });
});
