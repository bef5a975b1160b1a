/** What training writes into a run's folder, for tests. */

import { hostname } from "node:os";

/** As in run.json. */
export const runJson = {
  task: "birds",
  data: "/data/birds",
  fingerprint: "0".repeat(64),
  init: "/weights.safetensors",
  config: { network: "resnet50", seed: 7, batch: 32 },
  threads: 2,
  device: "cpu",
  started: "2026-01-01T00:00:00.000Z",
};

/** The line of record.jsonl that says who trains. */
export const beginLine = (other: object = {}) => ({
  at: new Date().toISOString(),
  event: "begin",
  pid: 1,
  version: "0.1.0",
  machine: {
    host: hostname(),
    processor: "a processor",
    cores: 2,
    memory: 8000,
    system: "linux x64",
    node: "20.20.2",
  },
  words: [],
  ...other,
});

/** The line that says how it ended. */
export const endLine = (outcome: string, reason?: string) => ({
  at: new Date().toISOString(),
  event: "end",
  outcome,
  reason,
});

/** The line of an epoch. */
export const epochLine = (epoch: number, other: object = {}) => ({
  at: new Date().toISOString(),
  epoch,
  size: 160,
  loss: 2 / (epoch + 1),
  rate: 0.01 / (epoch + 1),
  valTop1: 1 - 0.5 / (epoch + 1),
  valMacroF1: 1 - 0.5 / (epoch + 1),
  valLoss: 1 / (epoch + 1),
  itemsPerSecond: 20 + epoch,
  waitShare: 0,
  seconds: 60,
  peakMemory: 900.4,
  best: true,
  ...other,
});
