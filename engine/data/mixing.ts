import type { Rng } from "../random.ts";

/** How a batch's pictures are mixed in pairs, labels with them; JSON like the recipe. */
export interface Mixing {
  /** Probability that a batch is mixed at all. */
  readonly probability: number;
  /** α of Beta(α, α), the share of the first picture in mixup (Zhang et al. 2018); 0 for never. */
  readonly mixup: number;
  /** α of Beta(α, α), the share of the first picture in CutMix (Yun et al. 2019); 0 for never. */
  readonly cutmix: number;
}

/**
 * Mixes each picture of a batch with the next one (the last with the first), in place: mixup averages
 * them, CutMix lays a rectangle of one onto the other. One share and one rectangle hold for the batch.
 *
 * @param images [N, size, size, 3]
 * @param targets [N, classes], rows sum to 1 before and after
 */
export function mixBatch(
  images: Uint8Array,
  targets: Float32Array,
  count: number,
  size: number,
  mixing: Mixing,
  rng: Rng,
): void {
  if (count < 2 || !rng.chance(mixing.probability)) return;
  const cut = mixing.cutmix > 0 && (mixing.mixup <= 0 || rng.chance(0.5));
  const alpha = cut ? mixing.cutmix : mixing.mixup;
  if (alpha <= 0) return;
  const share = symmetricBeta(alpha, rng);
  const kept = cut ? cutMix(images, count, size, share, rng) : mixUp(images, count, share);
  mixTargets(targets, count, kept);
}

/** Mixes each row of targets [N, classes] with the next (the last with the first), in place: `kept` is its own share. */
export function mixTargets(targets: Float32Array, count: number, kept: number): void {
  const classes = targets.length / count;
  const first = targets.slice(0, classes);
  for (let n = 0; n < count; n++) {
    const partner = n + 1 < count ? targets.subarray((n + 1) * classes, (n + 2) * classes) : first;
    for (let c = 0; c < classes; c++) {
      targets[n * classes + c] = kept * targets[n * classes + c]! + (1 - kept) * partner[c]!;
    }
  }
}

/** Averages with the next picture; returns the share of the first. */
function mixUp(images: Uint8Array, count: number, share: number): number {
  const weight = Math.round(share * 256);
  const length = images.length / count;
  const first = images.slice(0, length);
  for (let n = 0; n < count; n++) {
    const own = images.subarray(n * length, (n + 1) * length);
    const partner = n + 1 < count ? images.subarray((n + 1) * length, (n + 2) * length) : first;
    for (let i = 0; i < length; i++) own[i] = (own[i]! * weight + partner[i]! * (256 - weight) + 128) >> 8;
  }
  return weight / 256;
}

/** Lays a rectangle of the next picture over each; returns the share of the area that is left. */
function cutMix(images: Uint8Array, count: number, size: number, share: number, rng: Rng): number {
  const side = Math.round(size * Math.sqrt(1 - share));
  // The middle is anywhere, so a rectangle may be cut by the edge, as in the paper.
  const [x, y] = [rng.integer(size), rng.integer(size)];
  const clamp = (value: number) => Math.min(size, Math.max(0, value));
  const [left, top] = [clamp(x - (side >> 1)), clamp(y - (side >> 1))];
  const [right, bottom] = [clamp(x - (side >> 1) + side), clamp(y - (side >> 1) + side)];
  const length = size * size * 3;
  const first = images.slice(0, length);
  for (let n = 0; n < count; n++) {
    const partner = n + 1 < count ? images.subarray((n + 1) * length, (n + 2) * length) : first;
    for (let row = top; row < bottom; row++) {
      const from = (row * size + left) * 3;
      const to = (row * size + right) * 3;
      images.set(partner.subarray(from, to), n * length + from);
    }
  }
  return 1 - ((right - left) * (bottom - top)) / (size * size);
}

/** A draw from Beta(α, α) (Jöhnk 1964). */
export function symmetricBeta(alpha: number, rng: Rng): number {
  for (;;) {
    const a = rng.uniform() ** (1 / alpha);
    const b = rng.uniform() ** (1 / alpha);
    if (a + b > 0 && a + b <= 1) return a / (a + b);
  }
}
