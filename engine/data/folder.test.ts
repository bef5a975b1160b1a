import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { NacreError } from "../errors.ts";
import { Rng } from "../random.ts";
import { fingerprint } from "./fingerprint.ts";
import { scanImageFolder } from "./folder.ts";
import { trainingSplits } from "./split.ts";

let root: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "nacre-folder-"));
});

afterEach(() => rm(root, { recursive: true }));

async function put(...paths: string[]): Promise<void> {
  for (const path of paths) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), path);
  }
}

/** Puts `count` pictures into a class folder. */
function fill(folder: string, count: number): Promise<void> {
  return put(...Array.from({ length: count }, (_, i) => `${folder}/${String(i).padStart(3, "0")}.jpg`));
}

async function sentence(action: () => Promise<unknown>): Promise<string> {
  const error = await action().then(
    () => undefined,
    (caught: unknown) => caught,
  );
  expect(error).toBeInstanceOf(NacreError);
  expect((error as NacreError).code).toBe("input");
  return (error as NacreError).message;
}

test("plain class folders, sorted, without what is no picture", async () => {
  await put("b/2.JPG", "b/10.png", "a/x.webp", "a/.hidden.jpg", "a/notes.txt", "readme.md", ".git/x/1.jpg");
  await put("__MACOSX/a/1.jpg", "empty/notes.txt");
  const folder = await scanImageFolder(root);
  expect(folder.classes).toEqual(["a", "b"]);
  expect(folder.splits.all!.map(({ path, label }) => [relative(root, path), label])).toEqual([
    [join("a", "x.webp"), 0],
    [join("b", "10.png"), 1],
    [join("b", "2.JPG"), 1],
  ]);
});

test("splits by their usual names, aliases, and a model's own order of classes", async () => {
  await put("train/acordian/1.jpg", "train/violin/1.jpg", "valid/accordion/2.jpg", "test/violin/3.jpg");
  const aliases = (name: string) => (name === "acordian" ? "accordion" : undefined);
  const folder = await scanImageFolder(root, { aliases, classes: ["violin", "tuba", "accordion"] });
  expect(folder.classes).toEqual(["violin", "tuba", "accordion"]);
  expect(folder.splits.all).toBeUndefined();
  expect(folder.splits.train!.map(({ label }) => label)).toEqual([2, 0]);
  expect(folder.splits.val!.map(({ label }) => label)).toEqual([2]);
  expect(folder.splits.test!.map(({ label }) => label)).toEqual([0]);
});

test("links count as what they point to, broken ones as nothing", async () => {
  await put("elsewhere/p.jpg", "data/a/1.jpg", "data/b/1.jpg");
  await symlink(join(root, "elsewhere", "p.jpg"), join(root, "data", "a", "2.jpg"));
  await symlink(join(root, "nowhere.jpg"), join(root, "data", "a", "3.jpg"));
  await symlink(join(root, "elsewhere"), join(root, "data", "c"));
  const folder = await scanImageFolder(join(root, "data"));
  expect(folder.classes).toEqual(["a", "b", "c"]);
  expect(folder.splits.all).toHaveLength(4);
});

test("what is wrong with a folder is said in one sentence", async () => {
  expect(await sentence(() => scanImageFolder(join(root, "none")))).toMatch(/none does not exist/);
  await put("file.txt");
  expect(await sentence(() => scanImageFolder(join(root, "file.txt")))).toMatch(/is a file/);
  expect(await sentence(() => scanImageFolder(root))).toMatch(/holds no pictures/);
  await put("guitar/1.jpg");
  expect(await sentence(() => scanImageFolder(root))).toMatch(/one class only, guitar/);
  expect(await sentence(() => scanImageFolder(root, { classes: ["tuba", "harp"] }))).toMatch(
    /no class guitar/,
  );
  await put("guitar/2.heic");
  expect(await sentence(() => scanImageFolder(root))).toMatch(/2\.heic: pictures in this format \(HEIC\)/);
  const all = await scanImageFolder(root, { foreign: true, classes: ["guitar", "harp"] });
  expect(all.splits.all!.map(({ path }) => relative(root, path))).toEqual(["guitar/1.jpg", "guitar/2.heic"]);
});

test("a plain folder is split 80 / 10 / 10 in every class, each picture once, by seed", async () => {
  for (const [name, count] of Object.entries({ a: 40, b: 25, c: 4 })) await fill(name, count);
  const folder = await scanImageFolder(root);
  const splits = trainingSplits(folder, new Rng(1));
  const counts = (name: "train" | "val" | "test") =>
    [0, 1, 2].map((label) => splits[name].filter((sample) => sample.label === label).length);
  expect(counts("val")).toEqual([4, 2, 1]);
  expect(counts("test")).toEqual([4, 2, 1]);
  expect(counts("train")).toEqual([32, 21, 2]);
  const all = [...splits.train, ...splits.val, ...splits.test].map(({ path }) => path).sort();
  expect(all).toEqual(folder.splits.all!.map(({ path }) => path).sort());
  expect(trainingSplits(folder, new Rng(1))).toEqual(splits);
  expect(trainingSplits(folder, new Rng(2))).not.toEqual(splits);
  await fill("d", 10);
  const wider = trainingSplits(await scanImageFolder(root), new Rng(1));
  expect(wider.val.filter(({ label }) => label < 3)).toEqual(splits.val);
});

test("train without val gives val from train; too few pictures are named", async () => {
  await fill("train/a", 20);
  await fill("train/b", 20);
  const splits = trainingSplits(await scanImageFolder(root), new Rng(1));
  expect([splits.train.length, splits.val.length, splits.test.length]).toEqual([36, 4, 0]);

  await fill("val/a", 2);
  expect(await sentence(async () => trainingSplits(await scanImageFolder(root), new Rng(1)))).toMatch(
    /the class b has too few pictures in val \(0\)/,
  );
  await rm(join(root, "val"), { recursive: true });
  await rm(join(root, "train"), { recursive: true });
  await fill("a", 5);
  await fill("b", 3);
  expect(await sentence(async () => trainingSplits(await scanImageFolder(root), new Rng(1)))).toMatch(
    /The class b has too few pictures \(3\); it needs at least 4/,
  );
});

test("the fingerprint follows contents, names and order, and not where the folder lies", async () => {
  await put("one/a.jpg", "one/b.jpg");
  const paths = ["a.jpg", "b.jpg"].map((name) => join(root, "one", name));
  const first = await fingerprint(join(root, "one"), paths);
  expect(first).toMatch(/^[0-9a-f]{64}$/);
  expect(await fingerprint(join(root, "one"), [...paths].reverse())).not.toBe(first);
  await mkdir(join(root, "two"));
  await writeFile(join(root, "two", "a.jpg"), "one/a.jpg");
  await writeFile(join(root, "two", "b.jpg"), "one/b.jpg");
  const moved = ["a.jpg", "b.jpg"].map((name) => join(root, "two", name));
  expect(await fingerprint(join(root, "two"), moved)).toBe(first);
  await writeFile(join(root, "two", "b.jpg"), "one/c.jpg");
  expect(await fingerprint(join(root, "two"), moved)).not.toBe(first);
  expect(await sentence(() => fingerprint(root, [join(root, "gone.jpg")]))).toMatch(
    /gone\.jpg cannot be read/,
  );
});
