/** What the two programs in the browser, ours and TensorFlow.js', have in common. */

import { goldenInput } from "../../engine/release/golden.ts";
import { type Manifest, parseManifest } from "../../engine/release/manifest.ts";

/** Loads the release under the address `/release/` and gets ready to compute with so many threads. */
export type Open = (
  manifest: Manifest,
  threads: number,
) => Promise<(image: Float32Array) => Promise<Float32Array>>;

/** A worker's global `bench`: what the page asks of it. */
export interface WebSide {
  /** Gets ready; returns the logits of the first golden input. */
  start(threads: number): Promise<number[]>;
  /** Computes so many images, one after another; returns the time in ms. */
  block(images: number): Promise<number>;
}

/** The bytes of a file of the release. */
export async function releaseFile(name: string): Promise<Uint8Array> {
  const response = await fetch(`/release/${name}`);
  if (!response.ok) throw new Error(`/release/${name}: ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}

/** Offers a way to run a release as this worker's global `bench`. */
export function offer(open: Open): void {
  let classify: Awaited<ReturnType<Open>>;
  let image: Float32Array;
  const bench: WebSide = {
    async start(threads) {
      if (!crossOriginIsolated) throw new Error("The page is not isolated: there would be one thread only.");
      const text = new TextDecoder().decode(await releaseFile("manifest.json"));
      const manifest = parseManifest(text, "manifest.json");
      classify = await open(manifest, threads);
      image = goldenInput(1, manifest.input);
      return [...(await classify(image))];
    },
    async block(images) {
      const began = performance.now();
      for (let i = 0; i < images; i++) await classify(image);
      return performance.now() - began;
    },
  };
  Object.assign(globalThis, { bench });
}
