import type { Manifest } from "../../../engine/release/manifest.ts";
import type { Opinion } from "../../../engine/release/opinion.ts";
import type { Input } from "./inputs.ts";

/** A release in memory. */
export interface Answerer {
  readonly manifest: Manifest;
  /**
   * What the release says of an input: one opinion, or one for each word of a long recording. What cannot be used
   * throws NacreError("input") with a sentence, or is an opinion that says so.
   */
  answer(input: Input): Promise<readonly Opinion[]>;
  dispose(): Promise<void>;
}
