import { NacreError } from "../../engine/errors.ts";

/** A body that is larger than is taken. */
export class TooLarge extends NacreError {
  constructor(most: number) {
    super("input", `No more than ${most} bytes are taken here.`);
  }
}

/**
 * The bytes of a request. Reads no more of them than it takes.
 *
 * @throws TooLarge beyond `most` bytes, NacreError("input") where they are cut off on their way
 */
export async function readBody(request: Request, most: number): Promise<Uint8Array<ArrayBuffer>> {
  if (Number(request.headers.get("content-length")) > most) throw new TooLarge(most);
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  let bytes = 0;
  try {
    for await (const piece of request.body ?? []) {
      bytes += piece.length;
      if (bytes > most) throw new TooLarge(most); // which also ends the stream
      pieces.push(piece);
    }
  } catch (cause) {
    if (cause instanceof TooLarge) throw cause;
    throw new NacreError("input", "What was sent was cut off on its way. Send it again.", { cause });
  }
  return new Uint8Array(await new Blob(pieces).arrayBuffer());
}
