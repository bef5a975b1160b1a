import { fitLength, ONE_SECOND, type SoundInput } from "./audio/clip.ts";
import { readRecording } from "./readRecording.ts";
import type { Sample } from "./sample.ts";

/** Recordings to be judged, in the order of the samples. */
export interface SoundEvaluationBatch {
  /** Index of the first sample. */
  readonly start: number;
  /** Float32 [N, length]; the last batch may be shorter than the others. */
  readonly samples: Float32Array;
  /** [N] */
  readonly labels: Int32Array;
}

/**
 * All samples once, in order, unvaried, as the network's input.
 *
 * @param batch recordings per batch
 * @throws NacreError "input" naming a recording that cannot be read
 */
export async function* soundEvaluationBatches(
  samples: readonly Sample[],
  batch: number,
  input: SoundInput = ONE_SECOND,
): AsyncGenerator<SoundEvaluationBatch, void, undefined> {
  for (let start = 0; start < samples.length; start += batch) {
    const part = samples.slice(start, start + batch);
    const clips = new Float32Array(part.length * input.length);
    for (const [n, { path }] of part.entries()) {
      clips.set(fitLength(await readRecording(path, input.rate), input.length), n * input.length);
    }
    yield { start, samples: clips, labels: Int32Array.from(part, ({ label }) => label) };
  }
}
