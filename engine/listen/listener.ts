import { withoutOffset } from "../data/audio/clip.ts";
import { type Activity, VoiceActivity } from "./voiceActivity.ts";
import { StreamWindows } from "./windows.ts";
import { type Detection, type Listening, WordDetector } from "./wordDetector.ts";

/** What a listener needs to know of a release. */
export interface ListenerOptions {
  /** Samples a second. */
  readonly rate: number;
  /** Samples in a window, as many as the network takes. */
  readonly samples: number;
  /** Indices of the classes that are words to be heard. */
  readonly words: readonly number[];
  readonly listening: Listening;
  /** The network with its calibration: [samples] without their mean -> probabilities [classes]. */
  readonly classify: (window: Float32Array) => Promise<Float32Array>;
}

/** What was heard in one step of a stream. */
export interface Heard extends Activity {
  /** Seconds from the stream's beginning. */
  readonly at: number;
  /** [classes], of the window that ends here. */
  readonly probabilities: Float32Array;
  readonly detection: Detection | undefined;
}

/**
 * Listens to a stream at the network's rate: windows, network, detector. The page, the command line and the test that
 * measures false alarms all listen with this.
 */
export class Listener {
  readonly #options: ListenerOptions;
  readonly #windows: StreamWindows;
  readonly #hop: number;
  readonly #detector: WordDetector;
  readonly #voice: VoiceActivity;

  constructor(options: ListenerOptions) {
    const { rate, samples, words, listening } = options;
    this.#options = options;
    this.#hop = Math.round(listening.hop * rate);
    this.#windows = new StreamWindows(samples, this.#hop);
    this.#detector = new WordDetector(words, listening);
    this.#voice = new VoiceActivity(rate);
  }

  /**
   * Takes the next samples, in pieces of any size; gives a step for each hop that they complete. Pieces must be pushed
   * one after the other.
   *
   * @param threshold instead of the release's, from now on or for these samples
   */
  async *push(samples: Float32Array, threshold?: number): AsyncGenerator<Heard, void, undefined> {
    const { rate, classify } = this.#options;
    for (const { end, samples: window } of this.#windows.push(samples)) {
      const activity = this.#voice.push(window.subarray(-this.#hop));
      const probabilities = await classify(withoutOffset(window));
      const at = end / rate;
      yield { ...activity, at, probabilities, detection: this.#detector.push(probabilities, at, threshold) };
    }
  }
}
