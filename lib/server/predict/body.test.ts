import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { withBody } from "./body.ts";
import { Places } from "./places.ts";

const post = (body: BodyInit) =>
  new Request("http://nacre.test/", { method: "POST", body, duplex: "half" } as RequestInit);
const limits = { most: 100, memory: new Places(1000), pause: 1000, time: 1000 };
const length = async (body: Blob) => body.size;

/** A body in pieces of 10 bytes, so many ms apart. */
const dripping = (pieces: number, ms: number) =>
  new ReadableStream<Uint8Array>({
    async pull(controller) {
      if (pieces-- === 0) return controller.close();
      await sleep(ms);
      controller.enqueue(new Uint8Array(10));
    },
  });

test("a body is read up to its limit, and not a byte more", async () => {
  expect(await withBody(post(dripping(10, 0)), length, limits)).toBe(100);
  await expect(withBody(post(dripping(11, 0)), length, limits)).rejects.toMatchObject({ status: 413 });
  expect(await withBody(new Request("http://nacre.test/", { method: "POST" }), length, limits)).toBe(0);
});

test("a body that pauses, and one that takes for ever in small pieces, is given up", async () => {
  await expect(withBody(post(dripping(2, 200)), length, { ...limits, pause: 50 })).rejects.toMatchObject({
    status: 408,
  });
  await expect(withBody(post(dripping(10, 30)), length, { ...limits, time: 100 })).rejects.toMatchObject({
    status: 408,
  });
});

test("bodies share their memory, and give it back however they end", async () => {
  const memory = new Places(150);
  const read = (use: (body: Blob) => Promise<number>) =>
    withBody(post(new Uint8Array(100)), use, { ...limits, memory });
  const inside = read(async () => {
    await expect(read(length)).rejects.toMatchObject({ status: 503 });
    throw new Error("no use");
  });
  await expect(inside).rejects.toThrow("no use");
  expect(memory.take(150)).toBe(true);
});
