import type { z } from "zod";
import { problem } from "./problem.ts";

/** The longest body that is read where a form is expected, in bytes. */
const MOST_BYTES = 8192;

/** A request's JSON, if it is what a schema says; else an answer: 413 as soon as it is too long, or 422. */
export async function readForm<T>(request: Request, schema: z.ZodType<T>): Promise<T | Response> {
  const text = await smallText(request, MOST_BYTES);
  if (text === undefined) return problem(413, `No more than ${MOST_BYTES} bytes are taken here.`);
  try {
    const parsed = schema.safeParse(JSON.parse(text));
    if (parsed.success) return parsed.data;
  } catch {
    // no JSON
  }
  return problem(422, "That is not what is expected here. Reload the page and try again.");
}

/** A body as text; undefined where it has more bytes than `most`, of which no more is read than it takes to know. */
export async function smallText(request: Request, most: number): Promise<string | undefined> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of request.body ?? []) {
    length += piece.length;
    if (length > most) return undefined; // leaving the loop cancels the stream
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString("utf8");
}
