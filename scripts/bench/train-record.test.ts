import { expect, test } from "vitest";
import { median } from "./median.ts";
import { smallestRatio, type Timings, trainingReport, trainingRow } from "./train-record.ts";

const timings = (...blocksMs: number[]): Timings => ({ blocksMs, peakMemoryMB: 900 });

test("median", () => {
  expect(median([9, 1, 5])).toBe(5);
  expect(median([4, 1, 3, 100])).toBe(3.5);
  expect(median([])).toBeNaN();
});

test("a row compares medians, with the faster of PyTorch's layouts", () => {
  const theirs = new Map([
    ["channels_last", timings(3000, 2400, 2600)],
    ["nchw", timings(2500, 9000, 2800)],
  ] as const);
  const row = trainingRow(8, 8, timings(2000, 1900, 5000), theirs);
  expect(row).toEqual({
    batch: 8,
    imagesPerSecond: 32,
    pytorchImagesPerSecond: 24.62,
    ratio: 1.3,
    blocks: 3,
    stepsPerBlock: 8,
    stepMs: 250,
    stepMsMin: 237.5,
    peakMemoryMB: 900,
    pytorchStepMs: 325,
    pytorchStepMsMin: 300,
    pytorchPeakMemoryMB: 900,
    pytorchLayout: "channels_last",
  });
});

test("without PyTorch there is no ratio, and the report says why", () => {
  const row = trainingRow(8, 8, timings(2000), new Map());
  expect(row).toMatchObject({ imagesPerSecond: 32, pytorchImagesPerSecond: null, ratio: null });
  expect(smallestRatio([row])).toBeNull();
  const notes = ["PyTorch was not measured: there is no /usr/bin/python3."];
  const report = trainingReport({
    network: "resnet50",
    size: 128,
    threads: 2,
    pytorch: null,
    notes,
    batches: [row],
    ratioToPyTorch: null,
    frozen: [],
  });
  expect(report).toContain("32.0 images/s");
  expect(report.endsWith(notes[0]!)).toBe(true);
});

test("the smallest ratio is what counts", () => {
  expect(smallestRatio([{ ratio: 1.2 }, { ratio: null }, { ratio: 1.1 }])).toBe(1.1);
});
