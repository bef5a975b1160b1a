import { NacreError } from "../../errors.ts";
import type { PictureFormat } from "./pictureHeader.ts";
import { sniff } from "./sniff.ts";

/** The most pixels that a picture may have; what is larger is refused before it is decoded. */
export const MAX_PIXELS = 100_000_000;

/** Bounds on what is decoded. */
export interface DecodeLimits {
  /** Width × height, MAX_PIXELS unless stated. */
  readonly pixels?: number;
}

/** Why a picture is refused; pages that speak other languages choose their sentence by `kind`. */
export type PictureFault =
  | { readonly kind: "empty" }
  | { readonly kind: "unknown" }
  | { readonly kind: "foreign"; readonly format: string }
  | { readonly kind: "damaged"; readonly format: PictureFormat }
  | { readonly kind: "tooLarge"; readonly width: number; readonly height: number; readonly limit: number };

/** A picture that cannot be used: code "input", a sentence naming the file, and the fault as a record. */
export class PictureError extends NacreError {
  readonly fault: PictureFault;

  constructor(name: string, fault: PictureFault, options?: { cause?: unknown }) {
    super("input", `${name} ${sentence(fault)}`, options);
    this.fault = fault;
  }
}

/**
 * Refuses, by header alone, what is no picture, cut short or larger than the limit.
 * Node and browsers both ask here first, so both refuse the same files with the same sentences.
 *
 * @throws PictureError naming the file
 */
export function admit(bytes: Uint8Array, name: string, limits: DecodeLimits = {}): PictureFormat {
  if (bytes.length === 0) throw new PictureError(name, { kind: "empty" });
  const sniffed = sniff(bytes);
  if (sniffed.kind !== "picture") throw new PictureError(name, sniffed);
  const { format, width, height, whole } = sniffed.header;
  const limit = limits.pixels ?? MAX_PIXELS;
  if (width * height > limit) throw new PictureError(name, { kind: "tooLarge", width, height, limit });
  if (!whole || width === 0 || height === 0) throw new PictureError(name, { kind: "damaged", format });
  return format;
}

function sentence(fault: PictureFault): string {
  switch (fault.kind) {
    case "empty":
      return "is empty (0 bytes); copy or download the picture again.";
    case "unknown":
      return "is not a picture that can be read; use JPEG, PNG, WebP, AVIF or GIF.";
    case "damaged":
      return `is a ${fault.format} picture that is cut short or damaged; copy or download it again.`;
    case "tooLarge":
      return (
        `has ${fault.width} × ${fault.height} pixels, more than the limit of ` +
        `${fault.limit / 1e6} million; scale it down first.`
      );
    case "foreign":
      return fault.format === "HEIC"
        ? "is a HEIC picture, which most programs cannot read; save it as JPEG first " +
            "(on an iPhone: Settings, Camera, Formats, Most Compatible)."
        : `is a ${fault.format} file; save it as JPEG or PNG first.`;
  }
}
