import { existsSync, mkdtempSync, readdirSync, readlinkSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { streamFile } from "./file-stream.ts";

const folder = mkdtempSync(join(tmpdir(), "nacre-stream-"));
afterAll(() => rmSync(folder, { recursive: true }));

const content = Buffer.alloc(700_000, "nacre ");
const path = join(folder, "weights.bin");
writeFileSync(path, content);

test("streams exactly the bytes that were asked for", async () => {
  for (const [start, end] of [
    [0, content.length - 1],
    [5, 5],
    [262_144, 524_287],
    [699_990, 699_999],
  ] as const) {
    const read = Buffer.from(await new Response(await streamFile(path, start, end)).arrayBuffer());
    expect(read.equals(content.subarray(start, end + 1))).toBe(true);
  }
});

test("a reader may go away at any time", async () => {
  const reader = (await streamFile(path, 0, content.length - 1)).getReader();
  await reader.read();
  await expect(reader.cancel()).resolves.toBeUndefined();
});

test("a file that is gone is an error at once", async () => {
  await expect(streamFile(join(folder, "none"), 0, 9)).rejects.toThrow(/ENOENT/);
});

/** How often this process has the file open; Linux tells. */
const timesOpen = () =>
  readdirSync("/proc/self/fd").filter((fd) => {
    try {
      return readlinkSync(`/proc/self/fd/${fd}`) === path;
    } catch {
      return false; // closed in the meantime
    }
  }).length;

test.skipIf(!existsSync("/proc/self/fd"))(
  "a stream that nobody reads holds no file open, nor does one that was left",
  async () => {
    await streamFile(path, 0, 9);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(timesOpen()).toBe(0);
    const reader = (await streamFile(path, 0, content.length - 1)).getReader();
    await reader.read();
    expect(timesOpen()).toBe(1);
    await reader.cancel();
    expect(timesOpen()).toBe(0);
  },
);
