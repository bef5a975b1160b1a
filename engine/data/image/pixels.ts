/** A decoded picture: sRGB, 8 bits, red green blue interleaved, rows from the top, no padding. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  /** [height, width, 3], values 0 … 255. */
  readonly data: Uint8Array;
}

/** A rectangle in pixels; fractions are allowed, (0, 0) is the top left corner of the top left pixel. */
export interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A black picture of the given size, to be filled in. */
export function blank(width: number, height: number): Pixels {
  return { width, height, data: new Uint8Array(width * height * 3) };
}

/** The whole of a picture as a rectangle. */
export function whole(pixels: Pixels): Rectangle {
  return { x: 0, y: 0, width: pixels.width, height: pixels.height };
}
