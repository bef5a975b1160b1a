import { decodeImage } from "./image/decode.node.ts";
import type { Pixels } from "./image/pixels.ts";
import { readBytes } from "./readBytes.ts";

/**
 * Reads and decodes a picture file.
 *
 * @throws NacreError "input" naming the file: not there, not readable, or anything decodeImage says
 */
export const readPicture = async (path: string): Promise<Pixels> => decodeImage(await readBytes(path), path);
