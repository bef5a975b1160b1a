import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
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
