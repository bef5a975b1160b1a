import type { Field } from "./class-maps.ts";

/**
 * A coarse field in [0, 1] on a finer grid, smoothly: cubic convolution (Keys 1981, "Cubic Convolution
 * Interpolation for Digital Image Processing", a = −1/2) through the middles of the coarse places, which keeps
 * their values, with the outermost repeated beyond the edge; clamped to [0, 1], where the cubic overshoots.
 */
export function upsample(field: Field, width: number, height: number): Field {
  const across = tapsOf(field.width, width);
  const down = tapsOf(field.height, height);
  const values = new Float32Array(width * height);
  for (let y = 0; y < height; y++) {
    const rows = down[y]!;
    for (let x = 0; x < width; x++) {
      let sum = 0;
      for (const row of rows) {
        for (const column of across[x]!) {
          sum += row.weight * column.weight * field.values[row.place * field.width + column.place]!;
        }
      }
      values[y * width + x] = Math.min(1, Math.max(0, sum));
    }
  }
  return { values, width, height };
}

interface Tap {
  readonly place: number;
  readonly weight: number;
}

/** For each of `outputs` points, the four places of a row of `inputs` that it lies among. */
function tapsOf(inputs: number, outputs: number): Tap[][] {
  return Array.from({ length: outputs }, (_, output) => {
    const at = ((output + 0.5) * inputs) / outputs - 0.5;
    const first = Math.floor(at) - 1;
    return Array.from({ length: 4 }, (_, tap) => ({
      place: Math.min(inputs - 1, Math.max(0, first + tap)),
      weight: kernel(at - (first + tap)),
    }));
  });
}

/** Keys 1981, equation 15. */
function kernel(x: number): number {
  const s = Math.abs(x);
  if (s < 1) return 1.5 * s ** 3 - 2.5 * s ** 2 + 1;
  return s < 2 ? -0.5 * s ** 3 + 2.5 * s ** 2 - 4 * s + 2 : 0;
}
