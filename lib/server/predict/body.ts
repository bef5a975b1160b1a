import { ALL_BODY_BYTES, BODY_BYTES, BODY_PAUSE, BODY_TIME } from "./limits.ts";
import { Places } from "./places.ts";
import { busy, Refusal } from "./refusal.ts";

/** Bounds on bodies. */
export interface BodyLimits {
  /** Of one, in bytes. */
  readonly most: number;
  /** For all bodies that are held at once, in bytes. */
  readonly memory: Places;
  /** Between two pieces, and from first to last, in ms. */
  readonly pause: number;
  readonly time: number;
}

const usual: BodyLimits = {
  most: BODY_BYTES,
  memory: new Places(ALL_BODY_BYTES),
  pause: BODY_PAUSE,
  time: BODY_TIME,
};

/**
 * Reads a request's body and hands it on; its memory counts as taken until `use` is done.
 *
 * @throws Refusal 413 where it is too long, whether or not it says so beforehand; 408 where it comes too slowly; 503
 *   where too many others are held; 400 where it breaks off
 */
export async function withBody<Result>(
  request: Request,
  use: (body: Blob) => Promise<Result>,
  { most, memory, pause, time }: BodyLimits = usual,
): Promise<Result> {
  const tooLong = () =>
    new Refusal(413, `The body is longer than ${most / 2 ** 20} MiB. Send less at once.`, closing);
  if (Number(request.headers.get("content-length") ?? 0) > most) throw tooLong();
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  const reader = request.body?.getReader();
  const until = performance.now() + time;
  let length = 0;
  try {
    while (reader) {
      const piece = await within(Math.min(pause, until - performance.now()), reader.read());
      if (piece.done) break;
      if (length + piece.value.length > most) throw tooLong();
      if (!memory.take(piece.value.length)) throw busy();
      length += piece.value.length;
      pieces.push(piece.value as Uint8Array<ArrayBuffer>);
    }
    return await use(new Blob(pieces));
  } finally {
    memory.giveBack(length);
  }
}

/** What is left of the body is not waited for. */
const closing = { Connection: "close" };

async function within<Value>(ms: number, value: Promise<Value>): Promise<Value> {
  let timer: NodeJS.Timeout | undefined;
  const tooSlow = new Promise<never>((_, reject) => {
    const refusal = new Refusal(408, "The body came too slowly. Send it again, or less of it.", closing);
    timer = setTimeout(() => reject(refusal), ms);
  });
  const arrived = value.catch(() => {
    throw new Refusal(400, "The body broke off. Send it again.", closing);
  });
  try {
    return await Promise.race([arrived, tooSlow]);
  } finally {
    clearTimeout(timer);
    arrived.catch(() => undefined); // one that breaks off after it was too slow is nobody's business
  }
}
