import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { strToU8, type Zippable, zipSync } from "fflate";
import { afterAll, expect, test } from "vitest";
import { NacreError } from "../../../engine/errors.ts";
import { UNPACK_LIMITS, unpack } from "./unpack.ts";

const base = mkdtempSync(join(tmpdir(), "nacre-unpack-"));
afterAll(() => rmSync(base, { recursive: true }));

let made = 0;
/** Unpacks bytes into a new folder; what was unpacked by its path. */
async function unpacked(bytes: Uint8Array, limits = {}): Promise<Map<string, string>> {
  const zip = join(base, `${made}.zip`);
  const folder = join(base, `folder-${made++}`);
  writeFileSync(zip, bytes);
  mkdirSync(folder);
  try {
    await unpack(zip, folder, { ...UNPACK_LIMITS, ...limits });
    const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name));
    return new Map(paths.sort().map((path) => [path.slice(folder.length + 1), readFileSync(path, "latin1")]));
  } finally {
    rmSync(zip);
    rmSync(folder, { recursive: true });
  }
}

const zipOf = (...names: string[]): Uint8Array =>
  zipSync(Object.fromEntries(names.map((name) => [name, strToU8(`bytes of ${name}`)])));

const find = (bytes: Uint8Array, signature: number, from = 0): number => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = from; at + 4 <= bytes.length; at++) if (view.getUint32(at, true) === signature) return at;
  throw new Error("no such record");
};
const CENTRAL = 0x02014b50;
const END = 0x06054b50;

/** A copy with other bytes at `field` of the nth central record. */
function withField(zip: Uint8Array, nth: number, field: number, ...bytes: number[]): Uint8Array {
  const changed = zip.slice();
  let at = find(changed, CENTRAL);
  for (let i = 0; i < nth; i++) at = find(changed, CENTRAL, at + 1);
  changed.set(bytes, at + field);
  return changed;
}

test.each([
  [
    ["owl/1.jpg", "wren/2.PNG"],
    ["owl/1.jpg", "wren/2.PNG"],
  ],
  [
    ["birds/owl/1.jpg", "birds/wren/1.jpg", "birds/README.md"],
    ["owl/1.jpg", "wren/1.jpg"],
  ],
  [
    ["all/birds/train/owl/1.jpg", "all/birds/val/owl/1.jpg"],
    ["train/owl/1.jpg", "val/owl/1.jpg"],
  ],
  [
    ["train/owl/1.jpg", "train/wren/1.jpg"],
    ["train/owl/1.jpg", "train/wren/1.jpg"],
  ],
  [
    ["仓鸮/1.jpg", "鹪鹩/照片.webp"],
    ["仓鸮/1.jpg", "鹪鹩/照片.webp"],
  ],
  [
    ["yes/1.wav", "no/1.wav", ".git/x.wav", "__MACOSX/yes/._1.wav"],
    ["no/1.wav", "yes/1.wav"],
  ],
])("%j becomes %j", async (names, paths) => {
  expect([...(await unpacked(zipOf(...names))).keys()]).toEqual(paths);
});

test("any class folders come out as they went in, stored or deflated", async () => {
  const name = fc.stringMatching(/^[\p{L}\d][\p{L}\d _-]{0,10}[\p{L}\d]$/u).map((text) => `c${text}`);
  const tree = fc.uniqueArray(fc.tuple(name, name, fc.uint8Array({ maxLength: 3000 })), {
    selector: ([folder, file]) => `${folder}/${file}`,
    minLength: 1,
    maxLength: 8,
  });
  await fc.assert(
    fc.asyncProperty(tree, fc.constantFrom(0 as const, 6 as const), async (files, level) => {
      const content = new Map(
        files.map(([folder, file, bytes]) => [`${folder}/${file}.png`.normalize(), bytes] as const),
      );
      const found = await unpacked(zipSync(Object.fromEntries(content), { level }), { ratio: 1e6 });
      expect([...found].sort()).toEqual(
        [...content].map(([path, bytes]) => [path, Buffer.from(bytes).toString("latin1")]).sort(),
      );
    }),
    { numRuns: 40 },
  );
});

test.each([
  ["../owl/1.jpg", /outside the zip/],
  ["owl/../../1.jpg", /outside the zip/],
  ["/etc/owl/1.jpg", /outside the zip/],
  ["C:/owl/1.jpg", /outside the zip/],
  ["owl\\1.jpg", /backslash/],
  ["owl/1\u0000.jpg", /not every system/],
  ["owl/a:b.jpg", /not every system/],
  ["owl/./1.jpg", /not every system/],
  ["owl//1.jpg", /not every system/],
  ["owl /1.jpg", /not every system/],
  ["con/1.jpg", /name of a device/],
  ["owl/LPT1.jpg", /name of a device/],
  ["1.jpg", /beside the class folders/],
  ["owl/brown/small/1.jpg", /deeper than/],
])("%j is refused, whatever else there is", async (name, message) => {
  await expect(unpacked(zipOf("wren/1.jpg", "train/owl/1.jpg", name))).rejects.toThrow(message);
});

test("links, locks, strange methods and files over files are refused", async () => {
  const zip = zipOf("owl/1.jpg", "wren/1.jpg");
  const link = withField(withField(zip, 1, 5, 3), 1, 38, 0, 0, 0xff, 0xa1);
  await expect(unpacked(link)).rejects.toThrow(/"wren\/1\.jpg" in the zip is a link/);
  await expect(unpacked(withField(zip, 0, 8, 1))).rejects.toThrow(/locked by a password/);
  await expect(unpacked(withField(zip, 0, 10, 14))).rejects.toThrow(/unusual way \(method 14\)/);
  const twice = zipOf("owl/1.jpg", "owl/2.jpg");
  const second = find(twice, CENTRAL, find(twice, CENTRAL) + 1);
  twice.set(strToU8("owl/1.jpg"), second + 46);
  await expect(unpacked(twice)).rejects.toThrow(/is there twice/);
  await expect(unpacked(zipOf("owl/1.jpg", "owl/1.jpg/2.jpg"))).rejects.toThrow(/deeper than/);
  await expect(unpacked(zipOf("notes.txt", "owl/data.csv"))).rejects.toThrow(/no pictures or recordings/);
});

test("bombs do not go off", async () => {
  const zeros = zipSync({ "owl/1.jpg": new Uint8Array(4e6) }, { level: 9 });
  await expect(unpacked(zeros)).rejects.toThrow(/times its size/);
  await expect(unpacked(zeros, { file: 1e6 })).rejects.toThrow(/too large: 4 MB, and 1 MB is the most/);
  await expect(unpacked(zeros, { all: 1e6, ratio: 1e9 })).rejects.toThrow(/would unpack to 4 MB/);
  // A size that lies: no more is written than it says.
  const lying = withField(zeros, 0, 24, 100, 0, 0, 0);
  await expect(unpacked(lying)).rejects.toThrow(/damaged/);
  // Two names for the same bytes.
  const one = zipOf("owl/1.jpg", "owl/2.jpg");
  const overlapping = withField(one, 1, 42, 0, 0, 0, 0);
  await expect(unpacked(overlapping)).rejects.toThrow(/damaged/);
  const many = zipOf(...Array.from({ length: 30 }, (_, i) => `owl/${i}.jpg`));
  await expect(unpacked(many, { entries: 20 })).rejects.toThrow(/lists 30 files; at most 20/);
  const within = zipSync({ "owl/1.jpg": zipOf("../../escaped.jpg") });
  expect([...(await unpacked(within)).keys()]).toEqual(["owl/1.jpg"]); // a zip in a zip is a file
});

test("a zip of sizes beyond 32 bits is read, where the numbers are believable", async () => {
  const zip = zipOf("owl/1.jpg", "wren/1.jpg");
  const end = find(zip, END);
  const central = find(zip, CENTRAL);
  const large = new Uint8Array(56 + 20);
  const view = new DataView(large.buffer);
  view.setUint32(0, 0x06064b50, true);
  view.setBigUint64(32, 2n, true);
  view.setBigUint64(40, BigInt(end - central), true);
  view.setBigUint64(48, BigInt(central), true);
  view.setUint32(56, 0x07064b50, true);
  view.setBigUint64(64, BigInt(end), true);
  const whole = () => Buffer.concat([zip.subarray(0, end), large, zip.subarray(end)]);
  expect([...(await unpacked(whole())).keys()]).toEqual(["owl/1.jpg", "wren/1.jpg"]);
  view.setBigUint64(48, 2n ** 63n, true);
  await expect(unpacked(whole())).rejects.toThrow(/damaged/);
});

test("Chinese names in the code page of Windows are read", async () => {
  const zip = zipOf("ab/1.jpg", "cd/1.jpg");
  for (let at = 0; at + 2 <= zip.length; at++)
    if (zip[at] === 0x61 && zip[at + 1] === 0x62 && zip[at + 2] === 0x2f) zip.set([0xc4, 0xf1], at); // 鸟 in GBK
  expect([...(await unpacked(zip)).keys()]).toEqual(["cd/1.jpg", "鸟/1.jpg"]);
});

test("whatever bytes a file has, it is unpacked or refused in a sentence, and nothing lands elsewhere", async () => {
  const content: Zippable = {
    "train/owl/1.jpg": strToU8("first".repeat(50)),
    "val/owl/1.jpg": [strToU8("second".repeat(50)), { level: 0 }],
    "val/wren/1.png": new Uint8Array(0),
  };
  const whole = zipSync(content);
  const before = readdirSync(base).sort();
  const change = fc.record({ at: fc.nat(whole.length - 1), byte: fc.nat(255) });
  const spoilt = fc.tuple(fc.array(change, { maxLength: 4 }), fc.nat(whole.length)).map(([changes, cut]) => {
    const bytes = whole.slice(0, cut < whole.length / 4 ? cut * 4 : whole.length);
    for (const { at, byte } of changes) if (at < bytes.length) bytes[at] = byte;
    return bytes;
  });
  await fc.assert(
    fc.asyncProperty(fc.oneof(spoilt, fc.uint8Array({ maxLength: 200 })), async (bytes) => {
      const error = await unpacked(bytes).catch((cause: unknown) => cause);
      if (!(error instanceof Map)) expect(error).toBeInstanceOf(NacreError);
      expect(readdirSync(base).sort()).toEqual(before);
    }),
    { numRuns: 300 },
  );
  expect(existsSync(join(base, "..", "escaped.jpg"))).toBe(false);
});
