import { Rng } from "../random.ts";
import { augmentSound, type SoundRecipe } from "./audio/augment.ts";
import { madeUpBackground } from "./audio/background.ts";
import { fitLength, type SoundInput } from "./audio/clip.ts";
import { splice } from "./audio/splice.ts";
import { mixTargets, symmetricBeta } from "./mixing.ts";
import { readRecording } from "./readRecording.ts";
import type { Sample } from "./sample.ts";
import type { PickOrder } from "./trainingBatches.ts";

/** How a batch's clips are mixed in pairs, labels with them; JSON like the recipe. */
export interface SoundMixing {
  /** Probability that a batch is mixed at all. */
  readonly probability: number;
  /** α of Beta(α, α), the share of the first clip (mixup, Zhang et al. 2018). */
  readonly alpha: number;
}

/** How recordings of the class for all other words become words that nobody said. */
export interface Impostors {
  /** That class. */
  readonly label: number;
  /** How likely one of its recordings is joined with half of any other recording. */
  readonly probability: number;
}

/** How recordings without words become backgrounds that nobody recorded. */
export interface Backgrounds {
  /** The class of recordings in which nothing is said. */
  readonly label: number;
  /** How likely something made up takes the place of one. */
  readonly probability: number;
}

/** What a thread needs to know to make any batch of a training run. */
export interface SoundPlan {
  readonly samples: readonly Sample[];
  readonly classes: number;
  readonly input: SoundInput;
  readonly recipe?: SoundRecipe;
  readonly mixing?: SoundMixing;
  readonly impostors?: Impostors;
  readonly backgrounds?: Backgrounds;
  /** Recordings of background noise for the recipe. */
  readonly noises: readonly string[];
  readonly seed: number;
  /** Memory for decoded recordings in this thread. */
  readonly cacheBytes: number;
}

/** Clips with their labels, ready for a training step. */
export interface SoundBatch {
  /** [N, length], raw sound in [−1, 1] unless made louder. */
  readonly samples: Float32Array<ArrayBuffer>;
  /** [N, classes], each row sums to 1; one-hot unless mixed. */
  readonly targets: Float32Array<ArrayBuffer>;
}

/**
 * Makes training batches of recordings. What a batch holds follows from the seed, the epoch and its samples alone, so
 * any thread may make any batch, in any order.
 */
export class SoundBatches {
  readonly #plan: SoundPlan;
  readonly #rng: Rng;
  readonly #kept = new Map<string, Float32Array>();
  #room: number;
  #noises: readonly Float32Array[] | undefined;

  constructor(plan: SoundPlan) {
    this.#plan = plan;
    this.#rng = new Rng(plan.seed);
    this.#room = plan.cacheBytes;
  }

  /** @throws NacreError "input" naming the first recording that cannot be read */
  async make({ epoch, batch, indices, repeats }: PickOrder): Promise<SoundBatch> {
    const { samples: all, classes, input, recipe, noises, mixing } = this.#plan;
    if (recipe?.noise) {
      this.#noises ??= await Promise.all(noises.map((path) => readRecording(path, input.rate)));
    }
    const samples = new Float32Array(indices.length * input.length);
    const targets = new Float32Array(indices.length * classes);
    for (let n = 0; n < indices.length; n++) {
      const index = indices[n]!;
      const rng = this.#rng.fork("augment", epoch, index, repeats[n]!);
      const recording = await this.#said(all[index]!, rng.fork("impostor"));
      const clip = recipe
        ? augmentSound(recording, input.length, recipe, rng, this.#noises)
        : fitLength(recording, input.length);
      samples.set(clip, n * input.length);
      targets[n * classes + all[index]!.label] = 1;
    }
    const result = { samples, targets };
    if (mixing) mixSounds(result, indices.length, mixing, this.#rng.fork("mix", epoch, batch));
    return result;
  }

  /**
   * The recording of an example; one of the other words at times with half of another recording, one without words at
   * times something made up.
   */
  async #said({ path, label }: Sample, rng: Rng): Promise<Float32Array> {
    const { samples: all, impostors, backgrounds, input } = this.#plan;
    if (label === backgrounds?.label && rng.chance(backgrounds.probability))
      return madeUpBackground(input.length, rng);
    const recording = await this.#recording(path);
    if (label !== impostors?.label || !rng.chance(impostors.probability)) return recording;
    const other = await this.#recording(all[rng.integer(all.length)]!.path);
    return rng.chance(0.5) ? splice(recording, other) : splice(other, recording);
  }

  /** What fits is kept and the rest decoded again: in a shuffled epoch any share is as good as any other. */
  async #recording(path: string): Promise<Float32Array> {
    const kept = this.#kept.get(path);
    if (kept) return kept;
    const recording = await readRecording(path, this.#plan.input.rate);
    if (recording.byteLength <= this.#room) {
      this.#kept.set(path, recording);
      this.#room -= recording.byteLength;
    }
    return recording;
  }
}

/** Adds to each clip of a batch the next one (the last with the first), in place, with one share for the batch. */
function mixSounds({ samples, targets }: SoundBatch, count: number, mixing: SoundMixing, rng: Rng): void {
  if (count < 2 || !rng.chance(mixing.probability)) return;
  const share = symmetricBeta(mixing.alpha, rng);
  const length = samples.length / count;
  const first = samples.slice(0, length);
  for (let i = 0; i < samples.length; i++) {
    const partner = i + length < samples.length ? samples[i + length]! : first[i + length - samples.length]!;
    samples[i] = share * samples[i]! + (1 - share) * partner;
  }
  mixTargets(targets, count, share);
}
