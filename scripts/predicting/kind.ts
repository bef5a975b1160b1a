/** What answering does in one way for pictures and in another for recordings and texts. */

import type { Manifest } from "../../engine/release/manifest.ts";
import type { Opinion } from "../../engine/release/opinion.ts";
import type { ColumnWishes } from "../text-columns.ts";

/** What a person wants to be answered. */
export interface Asked extends Pick<ColumnWishes, "text"> {
  /** The release's folder. */
  readonly folder: string;
  /** What stands on the command line: files, folders, texts, or - for stdin. */
  readonly inputs: readonly string[];
  /** Which of the release's graphs, where it has several. */
  readonly graph: "wasm" | "webgpu";
  readonly threads?: number;
}

/** Inputs that were found, about to be answered. */
export interface Answering {
  readonly manifest: Manifest;
  /** How many there are, where it is known before they are read. */
  readonly count?: number;
  /** What they are called: "pictures", "recordings", "texts". */
  readonly unit: string;
  /** In the order of the command line, a few at a time. What cannot be used is a NacreError in its place. */
  readonly opinions: AsyncIterable<readonly Opinion[]>;
}

/** @throws NacreError("input") where there is nothing to answer, ("weights") on a release that cannot be used */
export type Answer = (asked: Asked) => Promise<Answering>;
