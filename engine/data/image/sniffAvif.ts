import type { Extent } from "./pictureHeader.ts";

/** Boxes nest four deep on the way to a size; a hostile file gets no further. */
const CONTAINERS = new Map([
  ["meta", 4], // a full box: version and flags come first
  ["iprp", 0],
  ["ipco", 0],
]);

/**
 * Size and completeness of an AVIF file (ISO 23008-12 §6.5.3): the largest of the spatial extents that
 * its properties state, which covers grids of tiles, thumbnails and the alpha plane alike.
 */
export function avifHeader(view: DataView): Extent {
  let width = 0;
  let height = 0;
  let whole = true;
  const walk = (start: number, end: number, depth: number) => {
    let at = start;
    while (at + 8 <= end) {
      const type = String.fromCharCode(...[4, 5, 6, 7].map((i) => view.getUint8(at + i)));
      const size = boxSize(view, at, end);
      if (size === undefined || at + size > end) {
        if (depth === 0) whole = false;
        return;
      }
      if (type === "ispe" && size >= 20) {
        width = Math.max(width, view.getUint32(at + 12));
        height = Math.max(height, view.getUint32(at + 16));
      }
      const skip = CONTAINERS.get(type);
      if (skip !== undefined && depth < 4) walk(at + 8 + skip, at + size, depth + 1);
      at += size;
    }
    if (depth === 0 && at !== end) whole = false;
  };
  walk(0, view.byteLength, 0);
  return { width, height, whole: whole && width > 0 && height > 0 };
}

/** A box's length with its header: 32 bits, or 64 after a 1, or 0 for "to the end". */
function boxSize(view: DataView, at: number, end: number): number | undefined {
  const size = view.getUint32(at);
  if (size === 0) return end - at;
  if (size >= 8) return size;
  if (size !== 1 || at + 16 > end) return undefined;
  const large = Number(view.getBigUint64(at + 8));
  return large >= 16 ? large : undefined;
}
