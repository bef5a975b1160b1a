import { withoutOffset } from "./audio/clip.ts";
import { resample } from "./audio/resample.ts";
import { decodeWav } from "./audio/wav.ts";
import { readBytes } from "./readBytes.ts";

/**
 * Reads and decodes a WAV file: all its samples at `rate`, without their constant part.
 *
 * @throws NacreError "input" naming the file: not there, not readable, or anything decodeWav says
 */
export const readRecording = async (path: string, rate: number): Promise<Float32Array> =>
  withoutOffset(resample(decodeWav(await readBytes(path), path), rate).samples);
