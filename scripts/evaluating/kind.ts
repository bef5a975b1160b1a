/** What measuring a release does in one way for pictures and in another for recordings and texts. */

import type { SplitName } from "../../engine/data/folder.ts";
import type { TextSample } from "../../engine/data/text/texts.node.ts";
import type { Manifest } from "../../engine/release/manifest.ts";
import type { TaskClass } from "../../engine/task.ts";
import type { Estimate } from "../../engine/train/metrics.ts";
import type { ColumnWishes } from "../text-columns.ts";

/** What a person wants to be measured. */
export interface Wanted extends ColumnWishes {
  /** The release's folder. */
  readonly folder: string;
  readonly task: string;
  /** The labelled examples, a folder or a file. */
  readonly data: string;
  readonly split: SplitName | "all";
  /** Which of the release's graphs, where it has several. */
  readonly graph: "wasm" | "webgpu";
  readonly threads?: number;
  /** Of the split where the data have none. */
  readonly seed: number;
  /** Texts that were split already, instead of those in the data. */
  readonly texts?: SplitTexts;
}

/** Texts whose labels are indices of these classes. */
export interface SplitTexts {
  readonly samples: readonly TextSample[];
  readonly classes: readonly TaskClass[];
}

/** What a release said of labelled examples. */
export interface Measured {
  readonly manifest: Manifest;
  /** What it ran on, for people. */
  readonly device: string;
  /** [n, classes] */
  readonly logits: Float32Array;
  readonly labels: Int32Array;
  /** Of each example its file or, of texts, itself; those that are answered rightly may be left out. */
  readonly items: readonly (string | undefined)[];
  /** The share that counts as known, where the release can tell. */
  readonly kept: Estimate | undefined;
  /** Mean time of the network for one example, in ms. */
  readonly msPerItem: number;
  /** What examples are called: "pictures", "recordings", "texts". */
  readonly unit: string;
  /** Figures that only this kind has, from the calibrated probabilities [n, classes]. */
  readonly more?: (probabilities: Float32Array) => object;
}

/** @throws NacreError("input") on data that cannot be used, ("weights") on a release that cannot */
export type Measure = (wanted: Wanted) => Promise<Measured>;
