/** Keeps bytes by name between visits. Every method rejects where the browser refuses to store. */
export interface ByteStore {
  read(key: string): Promise<Uint8Array<ArrayBuffer> | undefined>;
  write(key: string, bytes: Uint8Array<ArrayBuffer>): Promise<void>;
  remove(key: string): Promise<void>;
}

/** The browser's cache of that name, as a store (Service Workers, W3C, §5.4). */
function cacheStore(name: string): ByteStore {
  // Keys are addresses to the Cache API; these are never fetched.
  const address = (key: string) => `/cache/${name}/${key}`;
  return {
    async read(key) {
      const found = await (await caches.open(name)).match(address(key));
      return found === undefined ? undefined : new Uint8Array(await found.arrayBuffer());
    },
    async write(key, bytes) {
      await (await caches.open(name)).put(address(key), new Response(bytes));
    },
    async remove(key) {
      await (await caches.open(name)).delete(address(key));
    },
  };
}

/** Why a browser keeps nothing: no room is left, or it has no storage for this page (private windows, blocked). */
export type Refusal = "full" | "unavailable";

/**
 * The same store for a browser that may refuse to keep anything: reads find nothing, writes are dropped, and
 * `onRefused` hears why.
 */
export function forgiving(store: ByteStore, onRefused: (why: Refusal) => void = () => undefined): ByteStore {
  const refused = (error: unknown) => {
    // Storage, WHATWG, §4: what a full one answers.
    onRefused(error instanceof DOMException && error.name === "QuotaExceededError" ? "full" : "unavailable");
    return undefined;
  };
  return {
    read: (key) => store.read(key).catch(refused),
    write: (key, bytes) => store.write(key, bytes).catch(refused),
    remove: (key) => store.remove(key).catch(refused),
  };
}

/** The same store for whoever shall change nothing in it: what is written or removed is dropped. */
export const readOnly = ({ read }: ByteStore): ByteStore => ({
  read,
  write: async () => undefined,
  remove: async () => undefined,
});

/** Where the models lie, for the pages and their workers alike. */
export const modelStore = () => cacheStore("nacre-models");
