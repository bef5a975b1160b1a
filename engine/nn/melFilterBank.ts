/**
 * How pitch is spaced. "htk": 2595 log₁₀(1 + f / 700) (O'Shaughnessy 1987), filters with a peak of 1, what torchaudio
 * does unless told otherwise. "slaney": linear up to 1 kHz and logarithmic above, filters with an area of 1 over Hz
 * (Slaney 1998, Auditory Toolbox), what librosa does unless told otherwise.
 */
export type MelScale = "htk" | "slaney";

/** Slaney's scale: 200/3 Hz a mel up to 1000 Hz, then 27 mels for a factor of 6.4. */
const LINEAR = 200 / 3;
const BREAK = 1000;
const LOGARITHMIC = Math.log(6.4) / 27;

const toMel = (hertz: number, scale: MelScale): number =>
  scale === "htk"
    ? 2595 * Math.log10(1 + hertz / 700)
    : hertz < BREAK
      ? hertz / LINEAR
      : BREAK / LINEAR + Math.log(hertz / BREAK) / LOGARITHMIC;

const toHertz = (mel: number, scale: MelScale): number =>
  scale === "htk"
    ? 700 * (10 ** (mel / 2595) - 1)
    : mel < BREAK / LINEAR
      ? mel * LINEAR
      : BREAK * Math.exp((mel - BREAK / LINEAR) * LOGARITHMIC);

/** `count` frequencies in Hz from `low` to `high`, both included, evenly spaced in mel. */
export function melFrequencies(count: number, low: number, high: number, scale: MelScale): Float64Array {
  const [from, to] = [toMel(low, scale), toMel(high, scale)];
  return Float64Array.from({ length: count }, (_, i) =>
    toHertz(from + ((to - from) * i) / (count - 1), scale),
  );
}

/** Triangular filters over the lines of a spectrum. */
export interface MelFilters {
  readonly mels: number;
  /** The lowest and highest frequency that any filter hears, in Hz. */
  readonly low: number;
  readonly high: number;
  readonly scale: MelScale;
}

/**
 * Weights [lines, mels] that turn powers of a spectrum into powers by mel channel; line k lies at k · `spacing` Hz.
 * Filter m rises from frequency m to m + 1 and falls to m + 2 of mels + 2 frequencies evenly spaced in mel.
 */
export function melFilterBank(
  { mels, low, high, scale }: MelFilters,
  lines: number,
  spacing: number,
): Float64Array {
  const corners = melFrequencies(mels + 2, low, high, scale);
  const weights = new Float64Array(lines * mels);
  for (let m = 0; m < mels; m++) {
    const [left, peak, right] = corners.subarray(m, m + 3) as unknown as [number, number, number];
    const height = scale === "slaney" ? 2 / (right - left) : 1;
    for (let line = 0; line < lines; line++) {
      const hertz = line * spacing;
      const rise = (hertz - left) / (peak - left);
      const fall = (right - hertz) / (right - peak);
      weights[line * mels + m] = height * Math.max(0, Math.min(rise, fall));
    }
  }
  return weights;
}
