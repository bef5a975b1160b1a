import { SoundError } from "../../engine/data/audio/admission.ts";
import type { Sound } from "../../engine/data/audio/sound.ts";
import { readWavHeader } from "../../engine/data/audio/wavHeader.ts";

/** Compressed recordings are unpacked at once, into some thirty times their size: 40 MB are over half an hour. */
export const mostCompressedBytes = 40_000_000;

/** A compressed recording that would fill the memory. */
export class LargeRecording extends Error {}

/** Whether a file is a WAV file, which needs no browser to be read and may be of any length. */
export async function isWav(file: Blob): Promise<boolean> {
  const letters = await file.slice(0, 12).text();
  return /^(RIFF|RF64)/.test(letters) && letters.endsWith("WAVE");
}

/**
 * Decodes what the browser can (MP3, AAC, Opus, Ogg, FLAC, the sound of films), averaged to one channel, at 48 kHz. To
 * be called in a page: workers have no decoder.
 *
 * @throws SoundError naming the file and its format, LargeRecording above `mostCompressedBytes`
 */
export async function decodeByBrowser(file: Blob, name: string): Promise<Sound> {
  if (file.size > mostCompressedBytes) throw new LargeRecording(name);
  const bytes = await file.arrayBuffer();
  const head = new Uint8Array(bytes.slice(0, 64));
  try {
    const decoded = await new OfflineAudioContext(1, 1, 48_000).decodeAudioData(bytes);
    if (decoded.length === 0) throw new SoundError(name, { kind: "silent" });
    return { samples: averaged(decoded), rate: decoded.sampleRate };
  } catch (cause) {
    if (cause instanceof SoundError) throw cause;
    readWavHeader(head, file.size, name); // throws, and knows the formats by name
    throw new SoundError(name, { kind: "unknown" }, { cause });
  }
}

function averaged(sound: AudioBuffer): Float32Array<ArrayBuffer> {
  const mono = new Float32Array(sound.length);
  for (let c = 0; c < sound.numberOfChannels; c++) {
    const channel = sound.getChannelData(c);
    for (let t = 0; t < mono.length; t++) mono[t]! += channel[t]! / sound.numberOfChannels;
  }
  return mono;
}
