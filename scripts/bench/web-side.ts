/** What the two programs in the browser, ours and TensorFlow.js', have in common. */

import { goldenInput } from "../../engine/release/golden.ts";
import { type PictureManifest, parseManifest } from "../../engine/release/manifest.ts";

/** A release that is ready. */
export interface Opened {
  /** Threads that compute, which may be fewer than asked for. */
  readonly threads: number;
  /** From an image, `pictureDims`, normalised, to its logits. */
  classify(image: Float32Array): Promise<Float32Array>;
}

/** What a program says when it has started. */
export interface Started {
  readonly threads: number;
  /** Of the first golden input. */
  readonly logits: number[];
}

/** A worker's global `bench`: what the page asks of it. */
export interface WebSide {
  /** Gets ready to compute with so many threads. */
  start(threads: number): Promise<Started>;
  /** Computes so many images, one after another; returns the time in ms. */
  block(images: number): Promise<number>;
}

/** The bytes of a file of the release. */
export async function releaseFile(name: string): Promise<Uint8Array> {
  const response = await fetch(`/release/${name}`);
  if (!response.ok) throw new Error(`/release/${name}: ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}

/** Offers a way to load the release under the address `/release/` as this worker's global `bench`. */
export function offer(open: (manifest: PictureManifest, threads: number) => Promise<Opened>): void {
  let opened: Opened;
  let image: Float32Array;
  const bench: WebSide = {
    async start(threads) {
      if (!crossOriginIsolated) throw new Error("The page is not isolated: there would be one thread only.");
      const text = new TextDecoder().decode(await releaseFile("manifest.json"));
      const manifest = parseManifest(text, "manifest.json") as PictureManifest;
      opened = await open(manifest, threads);
      image = goldenInput(1, manifest.input);
      return { threads: opened.threads, logits: [...(await opened.classify(image))] };
    },
    async block(images) {
      const began = performance.now();
      for (let i = 0; i < images; i++) await opened.classify(image);
      return performance.now() - began;
    },
  };
  Object.assign(globalThis, { bench });
}
