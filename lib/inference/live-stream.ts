import { RATE, Resampler } from "../../engine/data/audio/resample.ts";
import { Listener, type ListenerOptions } from "../../engine/listen/listener.ts";
import { Slicer, type Slices } from "../sound/slices.ts";
import { WordEnd } from "../sound/word-end.ts";
import type { LiveStep } from "./sound-protocol.ts";

interface LiveStreamOptions extends Omit<ListenerOptions, "classify"> {
  /** Samples a second of the microphone: any. */
  readonly deviceRate: number;
  /** The model, as soon as there is one; until then the sound is only drawn. */
  readonly classify: ((clip: Float32Array) => Promise<Float32Array>) | undefined;
  readonly onSlices: (slices: Slices) => void;
  readonly onStep: (step: LiveStep) => void;
}

/** A network that is this far behind the microphone, in s, leaves windows out rather than fall behind further. */
const mostBehind = 0.3;

/** What a microphone delivers, drawn and listened to as it comes. */
export class LiveStream {
  threshold: number;
  #classify: LiveStreamOptions["classify"];
  readonly #options: LiveStreamOptions;
  readonly #resampler: Resampler | undefined;
  readonly #slicer = new Slicer();
  readonly #wordEnd = new WordEnd();
  readonly #listener: Listener;
  #turn: Promise<void> = Promise.resolve();
  #received = 0;
  #heard = 0;
  #latest: Float32Array | undefined;
  #over = false;

  constructor(options: LiveStreamOptions) {
    const { deviceRate, listening, words } = options;
    this.#options = options;
    this.#classify = options.classify;
    this.threshold = listening.threshold;
    this.#resampler = deviceRate === RATE ? undefined : new Resampler(deviceRate, RATE);
    const nothing = new Float32Array(Math.max(...words) + 1);
    this.#listener = new Listener({
      ...options,
      classify: async (clip) => {
        const behind = (this.#received - this.#heard) / RATE;
        if (this.#classify === undefined) return nothing;
        if (behind > mostBehind && this.#latest !== undefined) return this.#latest;
        this.#latest = await this.#classify(clip);
        return this.#latest;
      },
    });
  }

  /** Lets a model listen, from now on. */
  answerBy(classify: (clip: Float32Array) => Promise<Float32Array>): void {
    this.#classify = classify;
  }

  /** Takes the microphone's next samples. */
  push(samples: Float32Array): void {
    const arrived = performance.now();
    const sound = this.#resampler?.push(samples) ?? samples;
    this.#received += sound.length;
    const until = this.#received / RATE;
    const slices = this.#slicer.push(sound);
    this.#wordEnd.push(slices);
    if (slices.count > 0) this.#options.onSlices(slices);
    this.#turn = this.#turn.then(() => this.#hear(sound, arrived, until)).catch(() => this.end());
  }

  /** Nothing is told any more. */
  end(): void {
    this.#over = true;
  }

  async #hear(sound: Float32Array, arrived: number, until: number): Promise<void> {
    if (this.#over) return;
    this.#heard += sound.length;
    for await (const { level, voice, detection } of this.#listener.push(sound, this.threshold)) {
      if (this.#over) return;
      const at = detection && this.#wordEnd.before(detection.at);
      this.#options.onStep({
        level,
        voice,
        detection: detection && {
          index: detection.label,
          confidence: detection.confidence,
          at: at!,
          latencyMs: 1000 * (until - at!) + performance.now() - arrived,
        },
      });
    }
  }
}
