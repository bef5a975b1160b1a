/** The formats that training, server and browser all read. */
export type PictureFormat = "JPEG" | "PNG" | "WebP" | "AVIF" | "GIF";

/** Size and completeness, as each format's header states them. */
export interface Extent {
  /** Stored size in pixels, before EXIF orientation; 0 × 0 where the header is damaged. */
  readonly width: number;
  readonly height: number;
  /** Whether the file reaches its own end: false for what was cut short. */
  readonly whole: boolean;
}

/** What a picture's header says, without decoding anything. */
export interface PictureHeader extends Extent {
  readonly format: PictureFormat;
}
