/** Where a WebP file's EXIF chunk is and how it says the picture lies. */
export interface WebpExif {
  /** Byte at which the chunk's name begins. */
  readonly at: number;
  /** EXIF orientation, 1 … 8; 1 where it is not stated. */
  readonly orientation: number;
}

/** Finds the EXIF chunk of a WebP file (RFC 9649 §2.7.1.5), or undefined; never throws. */
export function webpExif(bytes: Uint8Array): WebpExif | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 12; at + 8 <= view.byteLength; ) {
    const size = view.getUint32(at + 4, true);
    if (view.getUint32(at) === 0x45584946) {
      const end = Math.min(view.byteLength, at + 8 + size);
      return { at, orientation: orientation(view, at + 8, end) };
    }
    at += 8 + size + (size & 1);
  }
  return undefined;
}

/** The orientation tag of the first directory (EXIF 2.32 §4.6.4, tag 0x0112) in the bytes [start, end). */
function orientation(view: DataView, start: number, end: number): number {
  // Some writers put JPEG's "Exif\0\0" before the TIFF header.
  const tiff = end - start >= 6 && view.getUint32(start) === 0x45786966 ? start + 6 : start;
  if (tiff + 8 > end) return 1;
  const little = view.getUint16(tiff) === 0x4949;
  const directory = tiff + view.getUint32(tiff + 4, little);
  if (directory + 2 > end) return 1;
  const entries = view.getUint16(directory, little);
  for (let i = 0, at = directory + 2; i < entries && at + 12 <= end; i++, at += 12) {
    if (view.getUint16(at, little) !== 0x0112) continue;
    const value = view.getUint16(at + 8, little);
    return value >= 1 && value <= 8 ? value : 1;
  }
  return 1;
}
