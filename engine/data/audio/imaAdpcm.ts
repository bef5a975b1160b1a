/** Quantiser steps and how codes move among them (IMA Digital Audio Focus Group, Recommended Practices 1992, §6). */
const STEPS = [
  7, 8, 9, 10, 11, 12, 13, 14, 16, 17, 19, 21, 23, 25, 28, 31, 34, 37, 41, 45, 50, 55, 60, 66, 73, 80, 88, 97,
  107, 118, 130, 143, 157, 173, 190, 209, 230, 253, 279, 307, 337, 371, 408, 449, 494, 544, 598, 658, 724,
  796, 876, 963, 1060, 1166, 1282, 1411, 1552, 1707, 1878, 2066, 2272, 2499, 2749, 3024, 3327, 3660, 4026,
  4428, 4871, 5358, 5894, 6484, 7132, 7845, 8630, 9493, 10442, 11487, 12635, 13899, 15289, 16818, 18500,
  20350, 22385, 24623, 27086, 29794, 32767,
] as const;
const MOVES = [-1, -1, -1, -1, 2, 4, 6, 8] as const;

/**
 * Decodes IMA ADPCM as WAV files hold it (format tag 0x11): blocks of `blockBytes`, each with a predictor and a step
 * for every channel and then groups of eight samples a channel in turn; the last block may be shorter.
 *
 * Ours because the package drops the last block, leaves zeros in place of it, knows one channel only, gives the first
 * sample of each block twice and fails on a step outside the table.
 *
 * @returns interleaved, [T, channels], 16-bit values
 */
export function decodeImaAdpcm(bytes: Uint8Array, channels: number, blockBytes: number): Int16Array {
  const perBlock = 1 + 8 * (blockBytes / (4 * channels) - 1);
  const blocks = Math.ceil(bytes.length / blockBytes);
  const samples = new Int16Array(blocks * perBlock * channels);
  let written = 0;
  for (let start = 0; start < bytes.length; start += blockBytes) {
    const block = bytes.subarray(start, start + blockBytes);
    const groups = Math.floor(block.length / (4 * channels)) - 1;
    if (groups < 0) break;
    for (let channel = 0; channel < channels; channel++) {
      decodeChannel(block, channel, channels, groups, samples.subarray(written));
    }
    written += (1 + 8 * groups) * channels;
  }
  return samples.subarray(0, written);
}

function decodeChannel(
  block: Uint8Array,
  channel: number,
  channels: number,
  groups: number,
  output: Int16Array,
): void {
  const head = 4 * channel;
  let value = ((block[head]! | (block[head + 1]! << 8)) << 16) >> 16;
  let index = Math.min(STEPS.length - 1, block[head + 2]!);
  let at = channel;
  output[at] = value;
  for (let group = 0; group < groups; group++) {
    const from = 4 * (channels + group * channels + channel);
    for (let i = 0; i < 8; i++) {
      const code = (block[from + (i >> 1)]! >> (4 * (i & 1))) & 15;
      const step = STEPS[index]!;
      let change = step >> 3;
      if (code & 4) change += step;
      if (code & 2) change += step >> 1;
      if (code & 1) change += step >> 2;
      value = Math.min(32767, Math.max(-32768, code & 8 ? value - change : value + change));
      index = Math.min(STEPS.length - 1, Math.max(0, index + MOVES[code & 7]!));
      at += channels;
      output[at] = value;
    }
  }
}
