import { type ChannelStatistics, LOG_MEL, type LogMelOptions, logMel } from "../nn/logMel.ts";
import { encodeModel } from "../onnx/encode.ts";
import { float32, type Runtime } from "../runtime/runtime.ts";
import { networkModel } from "./networkModel.ts";

/**
 * Mean and standard deviation of each log-mel channel over all frames of a training set, for `normaliseChannels`.
 * Computed by the graph itself, so that the statistics are of the very features that the network gets.
 *
 * @param batches sound of [N, length] each, as loaders give it
 */
export async function measureChannels(
  batches: AsyncIterable<{ readonly samples: Float32Array }>,
  length: number,
  runtime: Runtime,
  options: Partial<LogMelOptions> = {},
): Promise<ChannelStatistics> {
  const { mels } = { ...LOG_MEL, ...options };
  const names = { input: "sound", output: "features" };
  const session = await runtime.load(encodeModel(networkModel(logMel(options), new Map(), [length], names)));
  const sums = new Float64Array(mels);
  const squares = new Float64Array(mels);
  let values = 0;
  try {
    for await (const { samples } of batches) {
      const { features } = await session.run({ sound: float32(samples, [samples.length / length, length]) });
      for (const [i, x] of (features!.data as Float32Array).entries()) {
        sums[i % mels]! += x;
        squares[i % mels]! += x * x;
      }
      values += features!.data.length;
    }
  } finally {
    await session.dispose();
  }
  const frames = Math.max(1, values / mels);
  const mean = Float32Array.from(sums, (sum) => sum / frames);
  // A channel that never changes is left as it is, not divided by rounding errors.
  const std = Float32Array.from(squares, (sum, m) => {
    const variance = sum / frames - (sums[m]! / frames) ** 2;
    return variance > 1e-9 ? Math.sqrt(variance) : 1;
  });
  return { mean, std };
}
