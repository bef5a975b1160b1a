/** A colour in sRGB, each 0 … 255. */
export type Rgb = readonly [red: number, green: number, blue: number];

/** A colour in OKLab (Ottosson 2020, "A perceptual color space for image processing"): lightness, a, b. */
type Lab = readonly [number, number, number];

/**
 * From deep violet by a warm red to pale yellow. The lightness rises evenly and from blue to yellow, so the order
 * is seen in grey, by colour-blind eyes, and before light and dark surroundings alike.
 */
const stops: readonly Lab[] = [
  [0.3, 0.06, -0.15],
  [0.46, 0.17, -0.07],
  [0.62, 0.17, 0.09],
  [0.78, 0.06, 0.16],
  [0.94, -0.02, 0.12],
];

/** The colours of heat from none to most, in 256 steps. */
export const palette: readonly Rgb[] = Array.from({ length: 256 }, (_, step) => colourAt(step / 255));

function colourAt(heat: number): Rgb {
  const at = heat * (stops.length - 1);
  const lower = Math.min(Math.floor(at), stops.length - 2);
  const [from, to] = [stops[lower]!, stops[lower + 1]!];
  const mixed = from.map((value, i) => value + (at - lower) * (to[i]! - value));
  return toSrgb(mixed as unknown as Lab);
}

function toSrgb([lightness, a, b]: Lab): Rgb {
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    encode(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
    encode(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
    encode(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s),
  ];
}

/** IEC 61966-2-1: linear light to a byte. */
function encode(light: number): number {
  const inside = Math.min(1, Math.max(0, light));
  const value = inside <= 0.0031308 ? 12.92 * inside : 1.055 * inside ** (1 / 2.4) - 0.055;
  return Math.round(255 * value);
}
