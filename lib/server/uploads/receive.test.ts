import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ReadableStream } from "node:stream/web";
import { strToU8, zipSync } from "fflate";
import { afterAll, expect, test, vi } from "vitest";
import { receiveZip } from "./receive.ts";
import { UNPACK_LIMITS } from "./unpack.ts";

const data = mkdtempSync(join(tmpdir(), "nacre-receive-"));
vi.stubEnv("NACRE_DATA", data);
afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(data, { recursive: true });
});

const zip = zipSync({
  "owl/1.jpg": strToU8("owl"),
  "wren/1.jpg": strToU8("wren"),
  "notes.txt": strToU8("?"),
});

/** A body that comes in pieces, and breaks off after some of them if so wished. */
const body = (bytes: Uint8Array, breakAfter = Number.POSITIVE_INFINITY) =>
  new ReadableStream<Uint8Array>({
    start(controller) {
      for (let at = 0; at < bytes.length; at += 50) {
        if (at >= breakAfter) return controller.error(new Error("aborted"));
        controller.enqueue(bytes.subarray(at, at + 50));
      }
      controller.close();
    },
  });

const kept = () => readdirSync(join(data, "uploads"));

test("a zip becomes a folder", async () => {
  const { folder, files, leftOut } = await receiveZip("/", body(zip));
  expect([files, leftOut, kept()]).toEqual([2, 1, [folder.split("/").at(-1)]]);
  expect(readFileSync(join(folder, "owl", "1.jpg"), "utf8")).toBe("owl");
  rmSync(folder, { recursive: true });
});

test("what is cut off, too large or no zip leaves nothing behind", async () => {
  await expect(receiveZip("/", body(zip, 100))).rejects.toThrow(/^The zip was cut off on its way/);
  const limits = { ...UNPACK_LIMITS, zip: 100 };
  await expect(receiveZip("/", body(zip), limits)).rejects.toThrow(/is larger than/);
  await expect(receiveZip("/", body(zip.slice(0, -100)))).rejects.toThrow(/cut short or damaged/);
  await expect(receiveZip("/", body(strToU8("no zip")))).rejects.toThrow(/^This is no zip/);
  const spoilt = zip.slice();
  spoilt[40] = 0; // in the first file's bytes or name
  spoilt[41] = 0;
  await expect(receiveZip("/", body(spoilt))).rejects.toThrow(/damaged/);
  expect(kept()).toEqual([]);
});

test("a full disk is named in a sentence, and left as it was", async ({ skip }) => {
  const small = join(data, "small");
  mkdirSync(small);
  if (spawnSync("mount", ["-t", "tmpfs", "-o", "size=200k", "tmpfs", small]).status !== 0)
    skip("a small disk can be mounted by root only");
  vi.stubEnv("NACRE_DATA", small);
  try {
    const random = crypto.getRandomValues(new Uint8Array(60_000));
    const pictures = (count: number) =>
      zipSync(Object.fromEntries(Array.from({ length: count }, (_, i) => [`owl/${i}.jpg`, random])));
    await expect(receiveZip("/", body(pictures(5)))).rejects.toThrow(/the disk is full; make room/);
    await expect(receiveZip("/", body(pictures(2)))).rejects.toThrow(/The zip needs 1 MB on the server/);
    expect(readdirSync(join(small, "uploads"))).toEqual([]);
  } finally {
    vi.stubEnv("NACRE_DATA", data);
    spawnSync("umount", [small]);
  }
});
