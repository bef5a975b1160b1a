import type { Extent, PictureFormat, PictureHeader } from "./pictureHeader.ts";
import { avifHeader } from "./sniffAvif.ts";

/** A picture we read, a known format that we don't ("HEIC", "TIFF", …), or nothing known. */
export type Sniffed =
  | { readonly kind: "picture"; readonly header: PictureHeader }
  | { readonly kind: "foreign"; readonly format: string }
  | { readonly kind: "unknown" };

/**
 * Tells what a file is by its first bytes, how large a picture it holds and whether it is complete.
 * Time is linear in the file, memory constant; never throws, whatever the bytes.
 */
export function sniff(bytes: Uint8Array): Sniffed {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (starts(bytes, 0xff, 0xd8, 0xff)) return picture("JPEG", jpeg(view, bytes));
  if (starts(bytes, 0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) return picture("PNG", png(view));
  if (ascii(bytes, 0, 6) === "GIF87a" || ascii(bytes, 0, 6) === "GIF89a") return picture("GIF", gif(view));
  if (ascii(bytes, 0, 4) === "RIFF" && ascii(bytes, 8, 4) === "WEBP")
    return picture("WebP", webp(view, bytes));
  if (ascii(bytes, 4, 4) === "ftyp") {
    const brands = isoBrands(view, bytes);
    if (brands.has("avif") || brands.has("avis")) return picture("AVIF", avifHeader(view));
    if ([...brands].some((brand) => HEIC_BRANDS.has(brand))) return { kind: "foreign", format: "HEIC" };
  }
  const foreign = FOREIGN.find(([, magic]) => starts(bytes, ...magic));
  if (foreign) return { kind: "foreign", format: foreign[0] };
  if (
    /^\s*(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)*(<!DOCTYPE svg[^>]*>\s*)?<svg[\s>]/s.test(ascii(bytes, 0, 1024))
  ) {
    return { kind: "foreign", format: "SVG" };
  }
  return { kind: "unknown" };
}

const DAMAGED: Extent = { width: 0, height: 0, whole: false };

const HEIC_BRANDS = new Set(["heic", "heix", "heim", "heis", "hevc", "hevx", "hevm", "hevs", "mif1", "msf1"]);

const FOREIGN: readonly (readonly [string, readonly number[]])[] = [
  ["TIFF", [0x49, 0x49, 0x2a, 0x00]],
  ["TIFF", [0x4d, 0x4d, 0x00, 0x2a]],
  ["BMP", [0x42, 0x4d]],
  ["Photoshop", [0x38, 0x42, 0x50, 0x53]],
  ["PDF", [0x25, 0x50, 0x44, 0x46]],
  ["JPEG XL", [0xff, 0x0a]],
  ["JPEG XL", [0x00, 0x00, 0x00, 0x0c, 0x4a, 0x58, 0x4c, 0x20]],
  ["JPEG 2000", [0x00, 0x00, 0x00, 0x0c, 0x6a, 0x50, 0x20, 0x20]],
  ["icon", [0x00, 0x00, 0x01, 0x00]],
];

function picture(format: PictureFormat, extent: Extent): Sniffed {
  return { kind: "picture", header: { format, ...extent } };
}

function starts(bytes: Uint8Array, ...magic: readonly number[]): boolean {
  return magic.every((byte, i) => bytes[i] === byte);
}

function ascii(bytes: Uint8Array, start: number, length: number): string {
  return String.fromCharCode(...bytes.subarray(start, start + length));
}

/** ITU T.81 annex B: markers up to the first scan, then the end-of-image marker. */
function jpeg(view: DataView, bytes: Uint8Array): Extent {
  let size = { width: 0, height: 0 };
  let at = 2;
  while (at + 4 <= view.byteLength) {
    const marker = bytes[at + 1]!;
    if (bytes[at] !== 0xff || marker === 0xff || marker === 0) {
      at++; // padding or stray bytes before a marker, which every decoder skips
      continue;
    }
    const length = view.getUint16(at + 2);
    const isFrame = marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
    if (isFrame && at + 9 <= view.byteLength) {
      size = { height: view.getUint16(at + 5), width: view.getUint16(at + 7) };
    }
    if (marker === 0xda) return { ...size, whole: size.width > 0 && reachesJpegEnd(bytes, at + 2 + length) };
    at += 2 + Math.max(2, length);
  }
  return { ...size, whole: false };
}

/** In entropy-coded data 0xFF is always followed by 0x00 or a restart marker, so the first D9 is the end. */
function reachesJpegEnd(bytes: Uint8Array, from: number): boolean {
  for (let at = bytes.indexOf(0xff, from); at >= 0; at = bytes.indexOf(0xff, at + 1)) {
    if (bytes[at + 1] === 0xd9) return true;
  }
  return false;
}

/** PNG specification §5: the header chunk comes first, IEND last. */
function png(view: DataView): Extent {
  if (view.byteLength < 33 || view.getUint32(12) !== 0x49484452) return DAMAGED;
  const size = { width: view.getUint32(16), height: view.getUint32(20) };
  let at = 8;
  while (at + 12 <= view.byteLength) {
    if (view.getUint32(at + 4) === 0x49454e44) return { ...size, whole: true };
    at += 12 + view.getUint32(at);
  }
  return { ...size, whole: false };
}

/** GIF89a §18–23: the screen, then blocks up to the end of the first picture, the one that is read. */
function gif(view: DataView): Extent {
  if (view.byteLength < 13) return DAMAGED;
  const byte = (at: number) => (at < view.byteLength ? view.getUint8(at) : 0);
  const colours = (flags: number) => (flags & 0x80 ? 3 << ((flags & 7) + 1) : 0);
  const screen = { width: view.getUint16(6, true), height: view.getUint16(8, true) };
  const pastBlocks = (from: number) => {
    let at = from;
    while (byte(at) > 0) at += 1 + byte(at);
    return at + 1;
  };
  let at = 13 + colours(byte(10));
  while (byte(at) === 0x21) at = pastBlocks(at + 2);
  if (byte(at) !== 0x2c || at + 10 > view.byteLength) return { ...screen, whole: false };
  // A frame may reach beyond the screen; decoders then make room for it.
  const width = Math.max(screen.width, view.getUint16(at + 1, true) + view.getUint16(at + 5, true));
  const height = Math.max(screen.height, view.getUint16(at + 3, true) + view.getUint16(at + 7, true));
  const end = pastBlocks(at + 11 + colours(byte(at + 9)));
  return { width, height, whole: end <= view.byteLength };
}

/** RFC 9649: the canvas of an extended file, or the size of the one picture. */
function webp(view: DataView, bytes: Uint8Array): Extent {
  if (view.byteLength < 30) return DAMAGED;
  const whole = view.getUint32(4, true) + 8 <= view.byteLength;
  const chunk = ascii(bytes, 12, 4);
  const uint24 = (at: number) => view.getUint16(at, true) | (view.getUint8(at + 2) << 16);
  if (chunk === "VP8X") return { width: uint24(24) + 1, height: uint24(27) + 1, whole };
  if (chunk === "VP8L" && bytes[20] === 0x2f) {
    const bits = view.getUint32(21, true);
    return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1, whole };
  }
  if (chunk === "VP8 " && bytes[23] === 0x9d && bytes[24] === 0x01 && bytes[25] === 0x2a) {
    return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff, whole };
  }
  return DAMAGED;
}

/** The major and compatible brands of an ISO base media file (ISO 14496-12 §4.3). */
function isoBrands(view: DataView, bytes: Uint8Array): Set<string> {
  const end = Math.min(view.getUint32(0), view.byteLength, 256);
  const brands = new Set([ascii(bytes, 8, 4)]);
  for (let at = 16; at + 4 <= end; at += 4) brands.add(ascii(bytes, at, 4));
  return brands;
}
