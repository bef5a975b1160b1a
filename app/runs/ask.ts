"use client";

/** Why a request came to nothing: the server's sentence, in English, where it said one. */
export interface Fault {
  readonly sentence: string | undefined;
}

/** What the server says to a request. */
export type Answer<T> = { readonly ok: true; readonly value: T } | ({ readonly ok: false } & Fault);

/** Asks the server for something, with JSON both ways. */
export async function ask<T>(address: string, body: object = {}): Promise<Answer<T>> {
  const answer = await fetch(address, { method: "POST", body: JSON.stringify(body) }).catch(() => undefined);
  if (answer === undefined) return { ok: false, sentence: undefined };
  if (answer.ok) return { ok: true, value: answer.status === 202 ? undefined : await answer.json() };
  const isSentence = answer.headers.get("content-type")?.startsWith("text/plain") ?? false;
  return { ok: false, sentence: isSentence ? (await answer.text()).trim() : undefined };
}
