import { encodeWav } from "../../engine/data/audio/wav.ts";
import { decodeByBrowser, isWav } from "./decode-by-browser.ts";
import type { Recording } from "./recordings.ts";

/**
 * A recording as a WAV file: what is one stays as it is. For those of one word; long ones would fill the memory.
 *
 * @throws SoundError, LargeRecording as `decodeByBrowser`
 */
export async function wavOf({ source, name }: Recording): Promise<Blob> {
  if (source instanceof File && (await isWav(source))) return source.slice(0, source.size, "audio/wav");
  const sound = source instanceof File ? await decodeByBrowser(source, name) : source;
  return new Blob([encodeWav(sound) as Uint8Array<ArrayBuffer>], { type: "audio/wav" });
}
