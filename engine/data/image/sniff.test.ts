import fc from "fast-check";
import sharp from "sharp";
import { beforeAll, expect, test } from "vitest";
import { sniff } from "./sniff.ts";

const WIDTH = 37;
const HEIGHT = 23;
const files = new Map<string, Uint8Array>();

beforeAll(async () => {
  const noise = Uint8Array.from({ length: WIDTH * HEIGHT * 3 }, (_, i) => (i * 7919) >> 3);
  const picture = () => sharp(noise, { raw: { width: WIDTH, height: HEIGHT, channels: 3 } });
  files.set("JPEG", await picture().jpeg().toBuffer());
  files.set("JPEG progressive", await picture().jpeg({ progressive: true }).toBuffer());
  files.set(
    "JPEG with a thumbnail's worth of metadata",
    await picture()
      .jpeg()
      .withExif({ IFD0: { Artist: "\xff\xd9".repeat(9) } })
      .toBuffer(),
  );
  files.set("PNG", await picture().png().toBuffer());
  files.set("WebP", await picture().webp().toBuffer());
  files.set("WebP lossless", await picture().webp({ lossless: true }).toBuffer());
  files.set("WebP extended", await picture().ensureAlpha(0.5).webp().toBuffer());
  files.set("GIF", await picture().gif().toBuffer());
  files.set("AVIF", await picture().avif({ effort: 0 }).toBuffer());
});

test("format, size and completeness of what sharp writes", () => {
  for (const [name, bytes] of files) {
    const format = name.split(" ")[0];
    const header = { format, width: WIDTH, height: HEIGHT, whole: true };
    expect(sniff(bytes), name).toEqual({ kind: "picture", header });
  }
});

test("a file cut short never counts as whole", () => {
  for (const [name, bytes] of files) {
    // A GIF's trailer follows the first frame, which is all that is read; PNG ends in a checksum.
    const end = bytes.length - (name === "GIF" ? 2 : name === "PNG" ? 8 : 1);
    for (let length = 0; length < end; length += 1 + (length >> 5)) {
      const sniffed = sniff(bytes.subarray(0, length));
      if (sniffed.kind === "picture") expect(sniffed.header.whole, `${name} at ${length}`).toBe(false);
    }
  }
});

test("formats that are not read are called by their names", () => {
  const text = (value: string) => new TextEncoder().encode(value);
  const box = (brand: string) => Uint8Array.from([0, 0, 0, 16, ...text(`ftyp${brand}`), 0, 0, 0, 0]);
  expect(sniff(box("heic"))).toEqual({ kind: "foreign", format: "HEIC" });
  expect(sniff(box("mif1"))).toEqual({ kind: "foreign", format: "HEIC" });
  expect(sniff(text("BM..."))).toEqual({ kind: "foreign", format: "BMP" });
  expect(sniff(text("II*\0...."))).toEqual({ kind: "foreign", format: "TIFF" });
  expect(sniff(text("%PDF-1.7"))).toEqual({ kind: "foreign", format: "PDF" });
  expect(sniff(text('<?xml version="1.0"?>\n<svg xmlns="…">'))).toEqual({ kind: "foreign", format: "SVG" });
  expect(sniff(text("<html>"))).toEqual({ kind: "unknown" });
  expect(sniff(new Uint8Array())).toEqual({ kind: "unknown" });
});

test("no bytes make it throw", () => {
  const any = fc.uint8Array({ maxLength: 400 });
  fc.assert(
    fc.property(fc.nat(), fc.nat(400), any, (which, keep, tail) => {
      const start = [...files.values()][which % files.size]!.subarray(0, keep);
      const bytes = new Uint8Array(start.length + tail.length);
      bytes.set(start);
      bytes.set(tail, start.length);
      sniff(bytes);
    }),
    { numRuns: 2000 },
  );
});

test("no changed bytes make it throw", () => {
  const change = fc.tuple(fc.nat(400), fc.constantFrom(0, 1, 0x7f, 0x80, 0xff));
  fc.assert(
    fc.property(fc.nat(), fc.array(change, { maxLength: 8 }), (which, changes) => {
      const bytes = [...files.values()][which % files.size]!.slice();
      for (const [at, value] of changes) if (at < bytes.length) bytes[at] = value;
      sniff(bytes);
    }),
    { numRuns: 2000 },
  );
});
