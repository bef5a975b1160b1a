import type { Client } from "../database.ts";

/** Who did something, and from where. */
export interface Doer {
  /** "owner", "key 0123456789ab", "visitor", "console" */
  readonly who: string;
  /** An internet address as the server or the proxy before it saw it; null where it is not known. */
  readonly address: string | null;
}

/** Somebody at the server itself. */
export const atConsole: Doer = { who: "console", address: null };

/** A deed as its owner is shown it. */
export interface ListedDeed {
  readonly id: number;
  /** ISO 8601 */
  readonly at: string;
  readonly action: string;
  readonly subject: string;
  readonly detail: string | null;
  readonly who: string | null;
  readonly address: string | null;
}

/** How many deeds a page shows. */
export const DEEDS_A_PAGE = 50;

/** The longest text that is written down, in characters: names come from outside. */
const MOST_TEXT = 300;

/** Writes down what somebody did: one word for what it was, and what it was done to. */
export async function noteDeed(
  client: Client,
  { who, address }: Doer,
  action: string,
  subject: string,
  detail?: string,
): Promise<void> {
  const [short, shortDetail] = [subject.slice(0, MOST_TEXT), detail?.slice(0, MOST_TEXT)];
  await client.deed.create({ data: { action, subject: short, detail: shortDetail, who, address } });
}

/** The deeds before one of them, the newest first, a page of them; and whether there are more. */
export async function listDeeds(
  client: Client,
  before?: number,
): Promise<{ readonly deeds: readonly ListedDeed[]; readonly hasMore: boolean }> {
  const found = await client.deed.findMany({
    where: { id: { lt: before } },
    orderBy: { id: "desc" },
    take: DEEDS_A_PAGE + 1,
  });
  const deeds = found.slice(0, DEEDS_A_PAGE).map(({ at, ...deed }) => ({ ...deed, at: at.toISOString() }));
  return { deeds, hasMore: found.length > DEEDS_A_PAGE };
}
