import { createHash } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { NacreError } from "../../engine/errors.ts";
import { Rng } from "../../engine/random.ts";
import { fetchModelFile, partBytes } from "./model-file.ts";
import type { ModelFile } from "./range-download.ts";
import { type ByteStore, forgiving } from "./store.ts";

const content = randomBytes(2.5 * partBytes, 1);
const file: ModelFile = {
  url: "/models/colours/standard-1.0.0/weights.bin",
  bytes: content.length,
  sha256: createHash("sha256").update(content).digest("hex"),
};

/** Typed arrays of megabytes are slow to compare one value at a time. */
const same = (actual: Uint8Array | undefined) =>
  actual !== undefined && Buffer.compare(Buffer.from(actual.buffer), Buffer.from(content.buffer)) === 0;

function randomBytes(length: number, seed: number): Uint8Array<ArrayBuffer> {
  const rng = new Rng(seed);
  return new Uint8Array(length).map(() => rng.uint32());
}

function memoryStore(): ByteStore & { entries: Map<string, Uint8Array<ArrayBuffer>> } {
  const entries = new Map<string, Uint8Array<ArrayBuffer>>();
  return {
    entries,
    read: async (key) => entries.get(key)?.slice(),
    write: async (key, bytes) => void entries.set(key, bytes.slice()),
    remove: async (key) => void entries.delete(key),
  };
}

interface Server {
  fetch: typeof fetch;
  /** The first byte of each answer. */
  starts: number[];
}

/** Serves `bytes`, breaking the n-th answer after breaks[n] bytes, in pieces of 300 kB. */
function server(bytes: Uint8Array<ArrayBuffer>, breaks: readonly number[] = [], ranges = true): Server {
  const starts: number[] = [];
  const answer = async (_: unknown, init?: RequestInit) => {
    const range = /bytes=(\d+)-/.exec(new Headers(init?.headers).get("range") ?? "")?.[1];
    const start = ranges && range !== undefined ? Number(range) : 0;
    const allowed = breaks[starts.length];
    starts.push(start);
    let at = start;
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        if (init?.signal?.aborted) return controller.error(init.signal.reason);
        if (allowed !== undefined && at - start >= allowed) return controller.error(new TypeError("broken"));
        if (at >= bytes.length) return controller.close();
        const end = Math.min(at + 300_000, bytes.length, start + (allowed ?? Infinity));
        controller.enqueue(bytes.slice(at, end));
        at = end;
      },
    });
    return new Response(body, { status: ranges && range !== undefined ? 206 : 200 });
  };
  return { fetch: answer as typeof fetch, starts };
}

function load(store: ByteStore, source: Server, signal = new AbortController().signal) {
  const progress: number[] = [];
  const result = fetchModelFile(file, {
    store,
    signal,
    fetch: source.fetch,
    onProgress: (received) => progress.push(received),
  });
  return { result, progress };
}

test("a file is downloaded once and then comes from the store", async () => {
  const store = memoryStore();
  const first = server(content);
  const { result, progress } = load(store, first);
  expect(same(await result)).toBe(true);
  expect(progress.at(-1)).toBe(content.length);
  expect([...store.entries.keys()]).toEqual([file.sha256]);

  const second = server(content);
  expect(same(await load(store, second).result)).toBe(true);
  expect(second.starts).toEqual([]);
});

test("however often the connection breaks, the rest is asked for, and the bytes are right", async () => {
  const cuts = fc.array(fc.integer({ min: 0, max: content.length }), { maxLength: 5 });
  await fc.assert(
    fc.asyncProperty(cuts, async (breaks) => {
      const store = memoryStore();
      const source = server(content, breaks);
      let got: Uint8Array | undefined;
      for (let attempt = 0; attempt <= breaks.length && got === undefined; attempt++) {
        got = await load(store, source).result.catch((error) => {
          expect(error).toBeInstanceOf(TypeError);
          return undefined;
        });
      }
      expect(same(got)).toBe(true);
      // Every byte before a break was kept: no answer starts before the last one ended.
      let end = 0;
      source.starts.forEach((start, n) => {
        expect(start).toBe(end);
        end = start + Math.min(breaks[n] ?? Infinity, content.length - start);
      });
    }),
    { numRuns: 15, examples: [[[content.length]]] },
  );
});

test("a pause keeps what is here", async () => {
  const store = memoryStore();
  const pause = new AbortController();
  const source = server(content);
  const running = fetchModelFile(file, {
    store,
    signal: pause.signal,
    fetch: source.fetch,
    onProgress: (received) => received > partBytes && pause.abort(),
  });
  await expect(running).rejects.toThrow(/abort/i);
  expect(same(await load(store, source).result)).toBe(true);
  expect(source.starts[1]).toBeGreaterThan(partBytes);
});

test("a server without ranges begins again", async () => {
  const store = memoryStore();
  await load(store, server(content, [partBytes + 5])).result.catch(() => undefined);
  expect(same(await load(store, server(content, [], false)).result)).toBe(true);
});

test("a damaged cache heals itself, whole or in parts", async () => {
  const store = memoryStore();
  store.entries.set(file.sha256, randomBytes(content.length, 2));
  expect(same(await load(store, server(content)).result)).toBe(true);
  expect(same(store.entries.get(file.sha256))).toBe(true);

  const partial = memoryStore();
  partial.entries.set(`${file.sha256}.part0`, randomBytes(partBytes, 3));
  const source = server(content);
  expect(same(await load(partial, source).result)).toBe(true);
  expect(source.starts).toEqual([partBytes, 0]);
});

test("bytes with another hash are refused, and nothing of them stays", async () => {
  const store = memoryStore();
  const forged = content.slice();
  forged[1_000_000]! ^= 1;
  const { result } = load(store, server(forged));
  await expect(result).rejects.toThrow(NacreError);
  expect(store.entries.size).toBe(0);
});

test("an answer that is too long or not there is refused", async () => {
  await expect(load(memoryStore(), server(randomBytes(content.length + 1, 4))).result).rejects.toThrow(
    /more than/,
  );
  const missing = (async () => new Response("no", { status: 404 })) as typeof fetch;
  await expect(load(memoryStore(), { fetch: missing, starts: [] }).result).rejects.toThrow(/404/);
});

test("a browser that stores nothing still gets its model", async () => {
  const full = () => Promise.reject(new DOMException("full", "QuotaExceededError"));
  const reasons = new Set<string>();
  const store = forgiving({ read: full, write: full, remove: full }, (why) => reasons.add(why));
  expect(same(await load(store, server(content)).result)).toBe(true);
  expect(reasons).toEqual(new Set(["full"]));
});

test("a storage with room for the file, but not for the file and its parts, keeps it", async () => {
  const store = memoryStore();
  const small: ByteStore = {
    ...store,
    async write(key, bytes) {
      const held = [...store.entries.values()].reduce((sum, { length }) => sum + length, 0);
      if (held + bytes.length > 1.5 * content.length) throw new DOMException("full", "QuotaExceededError");
      await store.write(key, bytes);
    },
  };
  await load(forgiving(small), server(content)).result;
  expect(same(store.entries.get(file.sha256))).toBe(true);
});
