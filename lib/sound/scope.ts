import { BANDS, SLICE_RATE, type Slices } from "./slices.ts";

/** Something that was heard, to be written over the picture. */
export interface Mark {
  /** The number of the slice at which it stands, counted from the first of all. */
  readonly slice: number;
  readonly text: string;
}

/** The latest sound, ready to be drawn. */
export class ScopeHistory {
  readonly low: Float32Array;
  readonly high: Float32Array;
  readonly bands: Uint8Array;
  readonly marks: Mark[] = [];
  /** How many slices have come since the beginning. */
  received = 0;

  /** @param columns slices that are kept */
  constructor(readonly columns: number) {
    this.low = new Float32Array(columns);
    this.high = new Float32Array(columns);
    this.bands = new Uint8Array(columns * BANDS);
  }

  /** Slice number n stands in column n modulo `columns`. */
  add({ count, low, high, bands }: Slices): void {
    for (let i = Math.max(0, count - this.columns); i < count; i++) {
      const column = (this.received + i) % this.columns;
      this.low[column] = low[i]!;
      this.high[column] = high[i]!;
      this.bands.set(bands.subarray(i * BANDS, (i + 1) * BANDS), column * BANDS);
    }
    this.received += count;
  }

  mark(mark: Mark): void {
    this.marks.push(mark);
    while (this.marks[0] !== undefined && this.marks[0].slice < this.received - this.columns)
      this.marks.shift();
  }
}

/** Colours of the picture, as the page's style has them. */
export interface ScopeColours {
  readonly line: string;
  readonly text: string;
  /** Silence, and from there by way of the second to the third: red, green, blue. */
  readonly scale: readonly [Rgb, Rgb, Rgb];
}

export type Rgb = readonly [number, number, number];

/** The share of the height that the curve takes; the bands have the rest. */
const CURVE = 0.38;
/** Room for words above, and seconds between ticks below. */
const [HEAD, FOOT] = [22, 4];
/** Between two words above. */
const GAP = 6;

/**
 * How the picture takes in new sound: it moves to the left, or stands and is filled from left to right again and again;
 * or nothing new comes and it shows a whole recording.
 */
export type ScopeMotion = "moves" | "fills" | "rests";

/** Draws the curve of the sound and below it the loudness of each band of pitch, low ones at the bottom. */
export function drawScope(
  canvas: HTMLCanvasElement,
  bands: OffscreenCanvas,
  history: ScopeHistory,
  colours: ScopeColours,
  motion: ScopeMotion,
): void {
  const context = canvas.getContext("2d");
  if (context === null) return;
  const ratio = devicePixelRatio;
  const [width, height] = [canvas.clientWidth, canvas.clientHeight];
  if (canvas.width !== Math.round(width * ratio) || canvas.height !== Math.round(height * ratio)) {
    canvas.width = Math.round(width * ratio);
    canvas.height = Math.round(height * ratio);
  }
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, width, height);

  const { columns, received } = history;
  const known = Math.min(received, columns);
  // The column in which slice n is drawn: the newest at the right, or where it falls.
  const fills = motion === "fills" || (motion === "rests" && received <= columns);
  const place = (n: number) => (fills ? n % columns : n - received + columns);
  const x = (column: number) => (column * width) / columns;

  const curve = (height - HEAD - FOOT) * CURVE;
  const middle = HEAD + curve / 2;
  context.fillStyle = colours.line;
  context.fillRect(0, middle - 0.5, width, 1);
  context.fillStyle = colours.text;
  const step = width / columns;
  for (let n = received - known; n < received; n++) {
    const column = n % columns;
    const top = middle - loudness(history.high[column]!) * (curve / 2);
    const bottom = middle - loudness(history.low[column]!) * (curve / 2);
    context.fillRect(x(place(n)), top, step + 0.5, Math.max(1, bottom - top));
  }

  paintBands(bands, history, colours, place);
  context.imageSmoothingEnabled = true;
  const top = HEAD + curve + 6;
  context.drawImage(bands, 0, top, width, height - FOOT - top);
  if (motion === "fills") {
    context.fillStyle = colours.text;
    context.fillRect(x(received % columns), HEAD, 1, height - HEAD);
  }

  context.font = `500 13px ${getComputedStyle(canvas).fontFamily}`;
  const written: (readonly [from: number, to: number])[] = [];
  for (const { slice, text } of history.marks.toReversed()) {
    if (slice < received - columns) continue;
    const at = x(place(slice));
    context.fillStyle = colours.line;
    context.fillRect(at, HEAD, 1, height - HEAD - FOOT);
    context.fillStyle = colours.text;
    const wide = context.measureText(text).width;
    const from = Math.min(width - wide - 4, Math.max(4, at - wide / 2));
    // Of words that come fast, the older gives way.
    if (written.some(([left, right]) => from < right + GAP && left < from + wide + GAP)) continue;
    written.push([from, from + wide]);
    context.fillText(text, from, HEAD - 7);
  }
}

/** Quiet sound would be a flat line: the square root lifts it and keeps 1 at 1. */
const loudness = (sample: number): number => Math.sign(sample) * Math.sqrt(Math.abs(sample));

function paintBands(
  canvas: OffscreenCanvas,
  { columns, received, bands }: ScopeHistory,
  { scale: [silence, half, full] }: ScopeColours,
  place: (n: number) => number,
): void {
  canvas.width = columns;
  canvas.height = BANDS;
  const context = canvas.getContext("2d");
  if (context === null) return;
  const image = context.createImageData(columns, BANDS);
  for (let n = Math.max(0, received - columns); n < received; n++) {
    const column = place(n);
    for (let band = 0; band < BANDS; band++) {
      const level = bands[(n % columns) * BANDS + band]! / 255;
      const [from, to, share] = level < 0.5 ? [silence, half, 2 * level] : [half, full, 2 * level - 1];
      const pixel = 4 * ((BANDS - 1 - band) * columns + column);
      for (let c = 0; c < 3; c++) image.data[pixel + c] = from[c]! + (to[c]! - from[c]!) * share;
      image.data[pixel + 3] = 255;
    }
  }
  context.putImageData(image, 0, 0);
}

/** The slice that lies so many seconds after the beginning. */
export const sliceAt = (seconds: number): number => Math.round(seconds * SLICE_RATE);
