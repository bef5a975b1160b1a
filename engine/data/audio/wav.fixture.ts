/** WAV files made by hand for the tests: any chunks in any order, headers that lie included. */

/** A chunk: four letters, its bytes, and a padding byte after an odd number of them. */
export function chunk(name: string, bytes: Iterable<number>, length?: number): Uint8Array {
  const body = Uint8Array.from(bytes);
  const whole = new Uint8Array(8 + body.length + (body.length % 2));
  whole.set(letters(name));
  new DataView(whole.buffer).setUint32(4, length ?? body.length, true);
  whole.set(body, 8);
  return whole;
}

/** A RIFF file of the given chunks. */
export function riff(...chunks: readonly Uint8Array[]): Uint8Array {
  const body = new Uint8Array(4 + chunks.reduce((sum, { length }) => sum + length, 0));
  body.set(letters("WAVE"));
  let at = 4;
  for (const each of chunks) {
    body.set(each, at);
    at += each.length;
  }
  return chunk("RIFF", body);
}

/** A format chunk; `extra` follows the 16 bytes that all have. */
export function format(
  tag: number,
  channels: number,
  rate: number,
  blockBytes: number,
  bits: number,
  extra: readonly number[] = [],
): Uint8Array {
  const bytes = new Uint8Array(16 + extra.length);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, tag, true);
  view.setUint16(2, channels, true);
  view.setUint32(4, rate, true);
  view.setUint32(8, rate * blockBytes, true);
  view.setUint16(12, blockBytes, true);
  view.setUint16(14, bits, true);
  bytes.set(extra, 16);
  return chunk("fmt ", bytes);
}

/** A number as four bytes. */
export const uint32 = (value: number): number[] => [0, 8, 16, 24].map((shift) => (value >>> shift) & 255);

const letters = (text: string): Uint8Array => Uint8Array.from(text, (letter) => letter.charCodeAt(0));
