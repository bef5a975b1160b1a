import type { Manifest } from "../../engine/release/manifest.ts";
import type { BrowserTiming, BrowserTimings } from "./infer-browser.ts";
import type { NodeTiming } from "./infer-node.ts";
import { median, rounded } from "./median.ts";
import { smallestRatio } from "./train-record.ts";

/** The time of one image, one at a time; a median over blocks. */
export interface InferenceRow {
  readonly threads: number;
  readonly msPerImage: number;
  readonly blocks: number;
}

export interface ReleaseRecord {
  readonly task: string;
  readonly version: string;
  readonly network: string;
  /** Side of the input, the same for all. */
  readonly size: number;
  readonly node: readonly (InferenceRow & { readonly graph: "wasm" | "webgpu" })[];
  /** In headless Chromium; null where there is none. */
  readonly browser: BrowserRecord | null;
  /** TensorFlow.js' best time / our best time, in the browser. */
  readonly ratio: number | null;
}

/** Threads may be fewer than those that are there: TensorFlow.js 4.22 makes one do everything. */
type BrowserRow = InferenceRow & { readonly threadsUsed: number };

interface BrowserRecord {
  readonly name: string;
  readonly nacre: readonly BrowserRow[];
  readonly tfjs: readonly BrowserRow[];
}

/** What `bench infer --json` prints. */
export interface InferenceRecord {
  readonly releases: readonly ReleaseRecord[];
  /** The smallest of the ratios. */
  readonly ratioToTfjs: number | null;
  readonly notes: readonly string[];
}

/** Sums up one release. */
export function releaseRecord(
  { task, version, network, input }: Manifest,
  node: readonly NodeTiming[],
  browser: BrowserTimings | undefined,
): ReleaseRecord {
  const sides = browser && {
    name: browser.browser,
    nacre: browser.engine.map(browserRow),
    tfjs: browser.tfjs.map(browserRow),
  };
  return {
    task,
    version,
    network,
    size: input.size,
    node: node.map((timing) => ({ graph: timing.graph, ...row(timing) })),
    browser: sides ?? null,
    ratio: sides ? rounded(fastest(sides.tfjs) / fastest(sides.nacre), 3) : null,
  };
}

const row = ({ threads, blocks }: { threads: number; blocks: readonly number[] }): InferenceRow => ({
  threads,
  msPerImage: rounded(median(blocks), 2),
  blocks: blocks.length,
});

const browserRow = (timing: BrowserTiming): BrowserRow => ({
  ...row(timing),
  threadsUsed: timing.threadsUsed,
});

const fastest = (rows: readonly InferenceRow[]): number =>
  Math.min(...rows.map(({ msPerImage }) => msPerImage));

/** All releases together. */
export const inferenceRecord = (
  releases: readonly ReleaseRecord[],
  notes: readonly string[],
): InferenceRecord => ({ releases, ratioToTfjs: smallestRatio(releases), notes });

/** The record as a person reads it. */
export function inferenceReport({ releases, ratioToTfjs, notes }: InferenceRecord): string {
  const parts = releases.map(({ task, version, network, size, node, browser, ratio }) => [
    `${task} ${version}: ${network}, ${size} × ${size} pixels, ms for an image, medians`,
    line("", ["1 thread", "2 threads"]),
    line("Node, graph for WASM", times(node.filter(({ graph }) => graph === "wasm"))),
    line("Node, graph for WebGPU", times(node.filter(({ graph }) => graph === "webgpu"))),
    ...(browser
      ? [
          line(`${browser.name}, Nacre`, times(browser.nacre)),
          line(`${browser.name}, TensorFlow.js`, times(browser.tfjs)),
          ...browser.tfjs
            .filter(({ threads, threadsUsed }) => threadsUsed < threads)
            .map(
              ({ threads, threadsUsed }) =>
                `  (Given ${threads} threads, TensorFlow.js used ${threadsUsed}.)`,
            ),
          `  At its best ${ratio!.toFixed(2)} × as fast as TensorFlow.js at its best.`,
        ]
      : []),
    "",
  ]);
  const verdict = ratioToTfjs === null ? [] : [`At least ${ratioToTfjs.toFixed(2)} × TensorFlow.js.`];
  return [...parts.flat(), ...verdict, ...notes].join("\n");
}

const line = (name: string, cells: readonly string[]): string =>
  `  ${name.padEnd(40)}${cells.map((cell) => cell.padStart(10)).join("")}`;

const times = (rows: readonly InferenceRow[]): string[] =>
  rows.map(({ msPerImage }) => msPerImage.toFixed(1));
