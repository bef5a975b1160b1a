import { Listener, type ListenerOptions } from "./listener.ts";
import type { PlacedWord, PracticeStream } from "./practice.ts";
import { type Detection, WordDetector } from "./wordDetector.ts";

/** How a threshold fares on streams in which is known what is said. */
export interface ListeningFigures {
  readonly threshold: number;
  /** Share of the words that were not heard, or taken for another. */
  readonly missed: number;
  /** Words heard in an hour of background in which none is said. */
  readonly falsePerHour: number;
  /** The median time from a word's end to its detection, in seconds; negative where it is heard before. */
  readonly latency: number;
}

/** The answers to the windows of a stream, with the end of each in seconds. */
export interface StreamAnswers {
  readonly at: Float64Array;
  readonly probabilities: readonly Float32Array[];
}

/** Listens to a whole stream once; detections at any threshold follow from the answers. */
export async function answersTo(samples: Float32Array, options: ListenerOptions): Promise<StreamAnswers> {
  const listener = new Listener(options);
  const at: number[] = [];
  const probabilities: Float32Array[] = [];
  for await (const heard of listener.push(samples)) {
    at.push(heard.at);
    probabilities.push(heard.probabilities);
  }
  return { at: Float64Array.from(at), probabilities };
}

/** What the detector makes of answers at a threshold. */
export function detectionsIn(
  { at, probabilities }: StreamAnswers,
  { words, listening }: Pick<ListenerOptions, "words" | "listening">,
  threshold: number,
): Detection[] {
  const detector = new WordDetector(words, listening);
  return probabilities.flatMap((answer, i) => detector.push(answer, at[i]!, threshold) ?? []);
}

/** Seconds after a word's end in which its detection still is the word's. */
const LATEST = 0.75;

/**
 * Missed words, false detections and latency at each threshold. A detection is a word's if it names it between its
 * beginning and three quarters of a second after its end; every detection in the background is false.
 *
 * @param spoken answers to a stream of words in noise
 * @param background answers to a stream without words
 */
export function listeningCurve(
  spoken: StreamAnswers & Pick<PracticeStream, "words">,
  background: StreamAnswers,
  options: Pick<ListenerOptions, "words" | "listening">,
  thresholds: readonly number[],
): ListeningFigures[] {
  const hours = (background.at.at(-1) ?? 0) / 3600;
  return thresholds.map((threshold) => {
    const detections = detectionsIn(spoken, options, threshold);
    const latencies = spoken.words.flatMap((word) => {
      const own = detections.find((detection) => isOf(detection, word));
      return own ? [own.at - word.end] : [];
    });
    return {
      threshold,
      missed: 1 - latencies.length / Math.max(1, spoken.words.length),
      falsePerHour: detectionsIn(background, options, threshold).length / Math.max(hours, 1e-9),
      latency: latencies.sort((a, b) => a - b)[latencies.length >> 1] ?? 0,
    };
  });
}

const isOf = ({ label, at }: Detection, word: PlacedWord): boolean =>
  label === word.label && at >= word.start && at <= word.end + LATEST;
