import { readFile } from "node:fs/promises";
import { NacreError } from "../errors.ts";
import { decodeImage } from "./image/decode.node.ts";
import type { Pixels } from "./image/pixels.ts";

/**
 * Reads and decodes a picture file.
 *
 * @throws NacreError "input" naming the file: not there, not readable, or anything decodeImage says
 */
export async function readPicture(path: string): Promise<Pixels> {
  let bytes: Uint8Array;
  try {
    bytes = await readFile(path);
  } catch (cause) {
    const missing = (cause as NodeJS.ErrnoException).code === "ENOENT";
    const why = missing ? "does not exist; check the path" : "cannot be opened; check its permissions";
    throw new NacreError("input", `${path} ${why}.`, { cause });
  }
  return decodeImage(bytes, path);
}
