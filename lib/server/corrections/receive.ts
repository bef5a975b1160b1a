import { type ErrorCode, NacreError } from "../../../engine/errors.ts";
import { mostBytes } from "../../corrections/correction.ts";
import { oneAtATime } from "../../inference/one-at-a-time.ts";
import { readBody, TooLarge } from "../body.ts";
import { addressOf } from "../callers.ts";
import type { Client } from "../database.ts";
import { isForeign } from "../owners-only.ts";
import { problem } from "../problem.ts";
import { readClaim } from "./claim.ts";
import { cleaned } from "./clean.ts";
import { enqueue } from "./inbox.ts";
import { Pace } from "./pace.ts";

const pace = new Pace();

/** Pictures are decoded one after the other, so that nobody can fill the memory with many at once. */
const inTurn = oneAtATime();

const statuses: Readonly<Partial<Record<ErrorCode, number>>> = {
  input: 422,
  unsupported: 415,
  storage: 507,
};

/**
 * Takes a correction that a visitor sends: the item is the body, what is said of it the query. Answers 201, or 200
 * where the item was known; 403 to other sites' pages, 413 beyond the limit, 415 for what is not of the task's kind,
 * 422 for what makes no sense, 429 for too many, 507 where there is no room.
 */
export async function receiveCorrection(
  request: Request,
  root: string,
  database: () => Promise<{ readonly client: Client }>,
  counted = pace,
): Promise<Response> {
  if (isForeign(request)) return problem(403, "Another site's page may not do this.");
  const wait = await counted.wait(addressOf(request.headers));
  if (wait > 0)
    return problem(429, `That were many corrections. Wait ${wait} s.`, { "Retry-After": String(wait) });
  try {
    const claim = await readClaim(new URL(request.url).searchParams);
    const bytes = await readBody(request, mostBytes[claim.kind]);
    const content = await inTurn(() => cleaned(claim.kind, bytes));
    const { client } = await database();
    const isNew = await inTurn(() => enqueue(root, client, claim, content));
    return new Response(null, { status: isNew ? 201 : 200 });
  } catch (error) {
    if (error instanceof TooLarge) return problem(413, error.message);
    if (error instanceof NacreError) return problem(statuses[error.code] ?? 422, error.message);
    throw error;
  }
}
