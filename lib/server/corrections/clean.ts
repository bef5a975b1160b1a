import sharp from "sharp";
import { decodeWav, encodeWav } from "../../../engine/data/audio/wav.ts";
import { NacreError } from "../../../engine/errors.ts";
import { contentOf, type InputKind } from "../../content.ts";
import { mostCharacters, mostSeconds } from "../../corrections/correction.ts";

/** No picture that is sent has more pixels: browsers scale them down before. */
const MOST_PIXELS = 16_000_000;

const kinds: Readonly<Record<InputKind, string>> = { image: "picture", sound: "WAV file", text: "text" };

/**
 * An item that was sent, written anew: nothing but the picture, the sound or the text itself is left of it, no place,
 * no camera, no hidden contents. Pictures become JPEG, upright; recordings WAV of one channel and 16 bits.
 *
 * @throws NacreError("unsupported") where the bytes are not what they are said to be, ("input") where they are damaged
 *   or too much
 */
export async function cleaned(kind: InputKind, bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  if ((await contentOf(new Blob([bytes]))).kind !== kind)
    throw new NacreError("unsupported", `What was sent is no ${kinds[kind]}.`);
  switch (kind) {
    case "image":
      return cleanPicture(bytes);
    case "sound":
      return cleanSound(bytes);
    case "text":
      return cleanText(bytes);
  }
}

async function cleanPicture(bytes: Uint8Array): Promise<Uint8Array> {
  try {
    // Without withMetadata, sharp writes none.
    return await sharp(bytes, { limitInputPixels: MOST_PIXELS, failOn: "error" })
      .rotate()
      .flatten({ background: "white" })
      .jpeg({ quality: 92 })
      .toBuffer();
  } catch (cause) {
    throw new NacreError("input", "The picture is damaged, or has too many pixels.", { cause });
  }
}

function cleanSound(bytes: Uint8Array): Uint8Array {
  const sound = decodeWav(bytes, "The recording");
  if (sound.samples.length > mostSeconds * sound.rate)
    throw new NacreError("input", `The recording is longer than ${mostSeconds} s, the most that is taken.`);
  return encodeWav(sound);
}

function cleanText(bytes: Uint8Array): Uint8Array {
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new NacreError("unsupported", "What was sent is no text in UTF-8.", { cause });
  }
  // Its beginning was looked at; the rest may still be something else.
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
  if (/[\0-\x08\x0e-\x1a\x1c-\x1f]/.test(text))
    throw new NacreError("unsupported", "What was sent is no text: it holds control characters.");
  const plain = text.trim();
  if (plain === "" || plain.length > mostCharacters)
    throw new NacreError("input", `The text is empty, or longer than ${mostCharacters} characters.`);
  return new TextEncoder().encode(plain);
}
