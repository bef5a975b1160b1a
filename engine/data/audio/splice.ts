/** Samples over which one recording fades into the other: 10 ms at 16 kHz, too short to hear and too long to click. */
const FADE = 160;

/**
 * The first half of one recording joined to the second half of another, each cut at the middle of its energy: where
 * both hold a word, a word that nobody said.
 */
export function splice(first: Float32Array, second: Float32Array): Float32Array {
  const [end, start] = [middleOfEnergy(first), middleOfEnergy(second)];
  const joined = new Float32Array(end + second.length - start);
  joined.set(first.subarray(0, end));
  joined.set(second.subarray(start), end);
  const faded = Math.min(FADE, end, start);
  for (let t = 0; t < faded; t++) {
    const share = (t + 1) / (faded + 1);
    const at = end - faded + t;
    joined[at] = (1 - share) * joined[at]! + share * second[start - faded + t]!;
  }
  return joined;
}

/** The sample before which half of the energy lies. */
function middleOfEnergy(samples: Float32Array): number {
  let whole = 0;
  for (let t = 0; t < samples.length; t++) whole += samples[t]! ** 2;
  let before = 0;
  for (let t = 0; t < samples.length; t++) {
    if (before >= whole / 2) return t;
    before += samples[t]! ** 2;
  }
  return samples.length;
}
