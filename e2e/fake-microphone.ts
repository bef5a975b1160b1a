import { mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { encodeWav } from "../engine/data/audio/wav.ts";
import { chromiumPath } from "./chromium.ts";

/** How to start a browser whose microphone hears this again and again: samples at 16 kHz, written to a WAV file. */
export function hearing(name: string, samples: Float32Array) {
  const folder = resolve(".nacre", "e2e-sounds");
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `${name}.wav`);
  writeFileSync(path, encodeWav({ samples, rate: 16_000 }));
  return {
    executablePath: chromiumPath(),
    args: ["--use-fake-device-for-media-stream", `--use-file-for-fake-audio-capture=${path}`],
  };
}
