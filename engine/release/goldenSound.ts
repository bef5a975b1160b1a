import { Rng } from "../random.ts";

/** Gliding tones in one clip: enough to excite every channel a little. */
const TONES = 6;

/**
 * The golden input of a seed for networks that listen: a made-up clip, [samples] in [−1, 1], of tones that glide and
 * swell, quiet at both ends as a word is. As with pictures, a release stores the logits of a few of these.
 */
export function goldenSound(seed: number, samples: number): Float32Array {
  const rng = new Rng(seed).fork("golden", "sound");
  const clip = new Float32Array(samples);
  for (let tone = 0; tone < TONES; tone++) {
    // In radians a sample: at 16 kHz from 100 Hz to 5 kHz.
    const from = 0.04 * 50 ** rng.uniform();
    const glide = rng.uniform(-0.3, 0.3);
    const phase = rng.uniform(0, 2 * Math.PI);
    const height = rng.uniform(0.02, 0.1);
    const swell = rng.uniform(1, 4);
    for (let t = 0; t < samples; t++) {
      const share = t / samples;
      const loudness = height * Math.sin(Math.PI * share) ** swell;
      clip[t]! += loudness * Math.sin(from * t * (1 + (glide * share) / 2) + phase);
    }
  }
  return clip;
}
