import type { PictureManifest } from "../../engine/release/manifest.ts";
import type { BrowserTiming, BrowserTimings } from "./infer-browser.ts";
import type { NodeTiming } from "./infer-node.ts";
import type { PageTiming } from "./infer-page.ts";
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
  /** On the app's page; null where there is no browser, or the app offers a newer release. */
  readonly page: readonly PageRow[] | null;
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

/** With photos of 12 megapixels, decoded and answered one after another; medians. */
export interface PageRow extends Pick<PageTiming, "device" | "threads"> {
  /** From opening the page, its model kept from an earlier visit, to the first answer, in ms. */
  readonly msToFirstAnswer: number;
  /** From handing in each further photo to its answer. */
  readonly msPerPhoto: number;
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
  { task, version, network, input }: PictureManifest,
  node: readonly NodeTiming[],
  browser: BrowserTimings | undefined,
  page: readonly PageTiming[] | undefined,
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
    page: page?.map(pageRow) ?? null,
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

const pageRow = ({ device, threads, first, further }: PageTiming): PageRow => ({
  device,
  threads,
  msToFirstAnswer: rounded(median(first), 0),
  msPerPhoto: rounded(median(further), 0),
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
  const parts = releases.map(({ task, version, network, size, node, browser, page, ratio }) => [
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
    ...(page ? pageReport(page) : []),
    "",
  ]);
  const verdict = ratioToTfjs === null ? [] : [`At least ${ratioToTfjs.toFixed(2)} × TensorFlow.js.`];
  return [...parts.flat(), ...verdict, ...notes].join("\n");
}

/** What a person waits for. */
function pageReport(rows: readonly PageRow[]): string[] {
  const names = rows.map(({ device, threads }) =>
    device === "webgpu" ? "WebGPU" : threads === 1 ? "1 thread" : `${threads} threads`,
  );
  return [
    line("The app's page, 12 megapixels, ms", names),
    line(
      "from opening to the first answer",
      rows.map(({ msToFirstAnswer }) => String(msToFirstAnswer)),
    ),
    line(
      "each further photo",
      rows.map(({ msPerPhoto }) => String(msPerPhoto)),
    ),
  ];
}

const line = (name: string, cells: readonly string[]): string =>
  `  ${name.padEnd(40)}${cells.map((cell) => cell.padStart(10)).join("")}`;

const times = (rows: readonly InferenceRow[]): string[] =>
  rows.map(({ msPerImage }) => msPerImage.toFixed(1));
