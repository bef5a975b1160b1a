import { type DBSchema, type IDBPDatabase, openDB } from "idb";
import type { Refusal } from "../inference/store.ts";
import type { Correction } from "./correction.ts";

interface Schema extends DBSchema {
  readonly corrections: { readonly key: string; readonly value: Correction };
}

/** Why a correction could not be kept, or those that are kept not be read: "gone" where its file has vanished. */
export class NotKept extends Error {
  readonly why: Refusal | "gone";

  constructor(why: NotKept["why"], cause: unknown) {
    super(why, { cause });
    this.why = why;
  }
}

let opened: Promise<IDBPDatabase<Schema>> | undefined;

/** Opens the database of this browser, once; after a failure anew. */
function database(): Promise<IDBPDatabase<Schema>> {
  opened ??= openDB<Schema>("nacre-corrections", 1, {
    upgrade: (db) => void db.createObjectStore("corrections", { keyPath: "id" }),
    // A newer version of this page wants to change it: let it, and open it again when it is asked for.
    blocking: (_, __, event) => {
      (event.target as IDBDatabase).close();
      opened = undefined;
    },
    terminated: () => {
      opened = undefined;
    },
  }).catch((error) => {
    opened = undefined;
    throw error;
  });
  return opened;
}

/** Runs `work`; what the browser refuses becomes NotKept. */
async function tell<T>(work: (db: IDBPDatabase<Schema>) => Promise<T>): Promise<T> {
  try {
    return await work(await database());
  } catch (cause) {
    // Storage, WHATWG, §4: what a full one answers.
    const isFull = cause instanceof DOMException && cause.name === "QuotaExceededError";
    throw new NotKept(isFull ? "full" : "unavailable", cause);
  }
}

/** Keeps a correction with a copy of its item, or changes one that is kept. Throws NotKept. */
export async function keepCorrection(correction: Correction): Promise<void> {
  const bytes = await correction.content.arrayBuffer().catch((cause) => {
    throw new NotKept("gone", cause);
  });
  const content = new Blob([bytes], { type: correction.content.type });
  await tell((db) => db.put("corrections", { ...correction, content }));
}

/** All corrections of this browser, the latest first. Throws NotKept. */
export async function listCorrections(): Promise<readonly Correction[]> {
  const all = await tell((db) => db.getAll("corrections"));
  return all.sort((a, b) => b.made.localeCompare(a.made));
}

/** Forgets a correction. Throws NotKept. */
export const removeCorrection = (id: string): Promise<void> => tell((db) => db.delete("corrections", id));
