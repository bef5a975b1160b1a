import { known, ShapeError, shapeText } from "../graph/shape.ts";
import type { Value } from "../graph/value.ts";
import { add, cast, cos, divide, log, multiply, sin, subtract } from "../ops/elementwise.ts";
import { constant } from "../ops/leaf.ts";
import { matmul } from "../ops/linear.ts";
import { concat, mean, pad, reshape, slice } from "../ops/shape.ts";
import { ones, zeros } from "./initialise.ts";
import { type MelFilters, melFilterBank } from "./melFilterBank.ts";
import type { Layer } from "./scope.ts";

/** How sound becomes features; JSON, so that a manifest can carry it. */
export interface LogMelOptions extends MelFilters {
  /** Samples a second of the input. */
  readonly rate: number;
  /** Samples that one frame looks at, also the length of the Fourier transform. */
  readonly window: number;
  /** Samples from one frame to the next. */
  readonly hop: number;
  /** Added to each channel's power before the logarithm, for samples in [−1, 1]: what is quieter counts as silence. */
  readonly floor: number;
}

/** 16 kHz, windows of 25 ms every 10 ms, 40 channels from 20 to 7600 Hz on the HTK scale: 98 frames a second. */
export const LOG_MEL: LogMelOptions = {
  rate: 16_000,
  window: 400,
  hop: 160,
  mels: 40,
  low: 20,
  high: 7_600,
  scale: "htk",
  floor: 1e-5,
};

/** Frames of a clip of so many samples: only whole ones, none reaches beyond an end. */
export const frameCount = (
  samples: number,
  { window, hop }: Pick<LogMelOptions, "window" | "hop"> = LOG_MEL,
): number => Math.floor((samples - window) / hop) + 1;

/**
 * Log-mel features as part of the graph, so that training and served models take raw sound and compute the same:
 * [N, samples] in [−1, 1] -> [N, frames, mels], the logarithm (base e) of mel-filtered power |X|².
 *
 * Defined as librosa's and torchaudio's mel spectrogram with center=False, power=2 and a periodic Hann window; n_fft
 * and win_length are `window`. The short-time Fourier transform is a convolution of the sound with windowed cosines and
 * sines, one for each line of the spectrum, in steps of `hop`, written as frames times a matrix: that is one product in
 * every runtime, while a convolution of stride 160 would be unrolled by the training layout.
 */
export function logMel(options: Partial<LogMelOptions> = {}): Layer {
  const { rate, window, hop, floor, ...filters } = { ...LOG_MEL, ...options };
  const bank = melFilterBank(filters, Math.floor(window / 2) + 1, rate / window);
  const lines = heardLines(bank, filters.mels);
  const kernels = fourierKernels(lines, window);
  const weights = lines.flatMap((line) => [...bank.subarray(line * filters.mels, (line + 1) * filters.mels)]);
  const heard = constant(Float32Array.from(weights), [lines.length, filters.mels]);
  // Both halves of the spectrum pass the same filters: their sum is |X|² = re² + im².
  const mixing = concat([heard, heard], 0);
  return (x) => {
    const spectrum = matmul(framed(x, window, hop), kernels);
    return log(add(matmul(multiply(spectrum, spectrum), mixing), floor));
  };
}

/** [N, samples] -> [N, frames, window]: rows of `hop` samples, each frame some rows and part of the next, side by side. */
function framed(x: Value, window: number, hop: number): Value {
  const [batch, length] = [x.shape[0]!, known(x.shape[1], "logMel")];
  const frames = frameCount(length, { window, hop });
  if (x.shape.length !== 2 || frames < 1)
    throw new ShapeError(
      "logMel",
      `${shapeText(x.shape)} is no [N, samples] with ${window} samples or more.`,
    );
  const perFrame = Math.ceil(window / hop);
  const rows = frames - 1 + perFrame;
  const whole = rows * hop;
  const fitted = length < whole ? pad(x, 1, 0, whole - length) : length > whole ? slice(x, 1, 0, whole) : x;
  const grid = reshape(fitted, [batch, rows, hop]);
  const parts = Array.from({ length: perFrame }, (_, row) => {
    const part = slice(grid, 1, row, row + frames);
    const width = Math.min(hop, window - row * hop);
    return width < hop ? slice(part, 2, 0, width) : part;
  });
  return parts.length === 1 ? parts[0]! : concat(parts, 2);
}

/** Lines of the spectrum that some filter hears; the others need not be computed. */
const heardLines = (bank: Float64Array, mels: number): number[] =>
  [...Array(bank.length / mels).keys()].filter((line) =>
    bank.subarray(line * mels, (line + 1) * mels).some((weight) => weight > 0),
  );

/**
 * Under a periodic Hann window, the cosine of each line and then the sine of each, both negated: [window, 2 · lines].
 *
 * Computed by the graph from two short vectors, which runtimes do once, on loading: as a table it would be most of a
 * small model's file, and quantisation would take it for weights and round it to 8 bits.
 */
function fourierKernels(lines: readonly number[], window: number): Value {
  const times = Float32Array.from({ length: window }, (_, t) => t);
  const hann = times.map((t) => 0.5 - 0.5 * Math.cos((2 * Math.PI * t) / window));
  const products = multiply(
    constant(times, [window, 1]),
    constant(Float32Array.from(lines), [1, lines.length]),
  );
  // Whole turns are taken off while all numbers are whole, for no float32 tells large angles apart; the half turn that
  // goes with them keeps angles small and does no more than change the sign.
  const turns = cast(cast(divide(add(products, 0.5), window), "int64"), "float32");
  const rest = subtract(subtract(products, multiply(turns, window)), window / 2);
  const angles = multiply(rest, (2 * Math.PI) / window);
  return multiply(constant(hann, [window, 1]), concat([cos(angles), sin(angles)], 1));
}

/** What each channel of features is like over a training set: [C] each. */
export interface ChannelStatistics {
  readonly mean: Float32Array;
  readonly std: Float32Array;
}

/**
 * Brings each channel of [..., C] to mean 0 and deviation 1 by stored statistics, "mean" and "std", which belong to
 * the network like its weights but are not trained. They begin as given: measured on the training set.
 */
export function normaliseChannels(channels: number, statistics?: ChannelStatistics): Layer {
  return (x, scope) => {
    const average = scope.statistic("mean", [channels], statistics ? () => statistics.mean : zeros);
    const deviation = scope.statistic("std", [channels], statistics ? () => statistics.std : ones);
    return divide(subtract(x, average), deviation);
  };
}

/** Takes each channel's mean over the clip away, [N, T, C], so that a microphone's colour does not count (Atal 1974). */
export const subtractClipMean = (): Layer => (x) => subtract(x, mean(x, [1], true));
