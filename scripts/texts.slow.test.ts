import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Rng } from "../engine/random.ts";
import { type Ended, start } from "./program.fixture.ts";

// Texts on the command line, as a person starts it: a table of one's own, its classifier, what is wrong with tables.

const folder = mkdtempSync(join(tmpdir(), "nacre-texts-"));
const inFolder = (path: string) => join(folder, path);
const ran = (name: string, ...args: string[]): Promise<Ended> => start(name, args, folder).ended;

const WORDS = {
  "1 star": ["awful", "rude staff", "很差", "不喜欢"],
  "5 stars": ["lovely", "great food", "很好", "喜欢"],
};

/** Rows of a table: id, stars, review. */
function rows(count: number, rng: Rng): string[] {
  return Array.from({ length: count }, (_, i) => {
    const stars = rng.chance(0.5) ? "1 star" : "5 stars";
    const said = Array.from({ length: 1 + rng.integer(4) }, () => WORDS[stars][rng.integer(4)]);
    return `${i},${stars},"${said.join(", ")}"`;
  });
}

const table = ["--data", "reviews.csv", "--text", "review", "--label", "stars", "--threads", "1"];

beforeAll(() => {
  mkdirSync(inFolder("models"));
  writeFileSync(inFolder("reviews.csv"), ["id,stars,review", ...rows(300, new Rng(1))].join("\n"));
});
afterAll(() => rmSync(folder, { recursive: true }));

test("a table of one's own makes a classifier of its own, the same after a stop", async () => {
  const whole = await ran("train", "shop", ...table, "--epochs", "3", "--out", "whole");
  expect(whole).toMatchObject({ code: 0 });
  expect(whole.out.trim()).toBe(inFolder("models/shop/releases/standard-1.0.0"));

  const {
    process: child,
    said,
    ended,
  } = start(
    "train",
    ["shop", ...table, "--epochs", "3", "--out", "stopped", "--no-release", "--checkpoint-every", "0"],
    folder,
  );
  await said("epoch 1/3");
  child.kill("SIGINT");
  expect((await ended).code).toBe(130);
  expect(await ran("train", "shop", "--resume", "stopped", "--no-release")).toMatchObject({ code: 0 });
  const best = (run: string) => readFileSync(inFolder(`${run}/best.safetensors`));
  expect(best("stopped").equals(best("whole"))).toBe(true);

  const again = await ran("release", "stopped");
  expect(again.code).toBe(0);
  // The tenth that neither has seen, not the whole table, which the one that is served was trained on.
  expect(Number(again.err.match(/right on .* of (\d+) in test/)![1])).toBeLessThan(50);

  const { out } = await ran("evaluate", "shop", ...table, "--json");
  expect(JSON.parse(out)).toMatchObject({ n: 300, classes: ["1-star", "5-stars"] });
  expect(JSON.parse(out).top1).toBeGreaterThan(0.95);

  writeFileSync(inFolder("one.txt"), "awful\n\n很好\nlovely \0 food\n");
  mkdirSync(inFolder("tables"));
  writeFileSync(inFolder("tables/broken.csv"), "");
  writeFileSync(inFolder("tables/few.csv"), "review\nrude staff\n");
  const inputs = ["none.csv", "lovely", "one.txt", "\u200b", "tables"];
  const answers = await ran("predict", "shop", ...inputs, "--text", "review", "--top", "1", "--csv");
  expect(answers.code).toBe(3);
  expect(answers.err).toContain("holds nothing to read");
  expect(answers.err).toContain("There is no file none.csv.");
  expect(answers.err).toContain("broken.csv is empty");
  expect(answers.out.split("\n").map((line) => line.split(",").slice(0, 3).join())).toEqual([
    "file,rank,class", "lovely,1,5-stars", "awful,1,1-star", "很好,1,5-stars", "lovely \u0000 food,1,5-stars",
    "rude staff,1,1-star", "",
  ]); // biome-ignore format: a list
}, 300_000);

test("figures by source, of tables in folders and in GBK, and what is wrong with a table", async () => {
  mkdirSync(inFolder("set/en"), { recursive: true });
  mkdirSync(inFolder("set/zh"), { recursive: true });
  const tsv = "source\tlabel\ttext\nweb\t1 star\tawful\nweb\t5 stars\tgreat food\n";
  writeFileSync(inFolder("set/en/test.tsv.gz"), gzipSync(tsv));
  const gbk = Uint8Array.of(0xba, 0xdc, 0xba, 0xc3, 0x0a); // 很好
  writeFileSync(
    inFolder("set/zh/test.tsv"),
    Buffer.concat([Buffer.from("source\tlabel\ttext\nshop\t5 stars\t"), gbk]),
  );
  writeFileSync(inFolder("set/zh/train.tsv"), "source\tlabel\ttext\nshop\t7 stars\tx\n");
  const { out } = await ran("evaluate", "shop", "--data", "set", "--json");
  expect(JSON.parse(out).perSource).toEqual({
    web: { n: 2, accuracy: 1, macroF1: 1 },
    shop: { n: 1, accuracy: 1, macroF1: 1 },
  });

  const wrong: [string, string | Uint8Array, string][] = [
    ["empty.csv", "", "is empty"],
    ["columns.csv", "a,b\n1,2\n", 'has no column "text". Its header names "a", "b"'],
    ["quote.csv", 'label,text\n1,"never closed\n2,b\n', "the quotation mark in line 2 is never closed"],
    ["one.csv", "label,text\n1,a\n1,b\n", "texts of one class only (1)"],
    ["signs.csv", "label,text\ngood,a\nGood,b\n", "texts of one class only (good,Good)"],
    ["gap.csv", "label,text\n1,a\n,b\n", '"b" has nothing in the column "label"'],
    ["bytes.csv", Uint8Array.of(0x61, 0xff, 0xff, 0x0a), "not whole text in UTF-8, UTF-16 or GBK"],
    ["labels.csv", `label,text\n${rows(300, new Rng(2)).join("\n")}`, "more than 200 different labels"],
  ];
  for (const [name, content, sentence] of wrong) {
    writeFileSync(inFolder(name), content);
    const { code, err } = await ran("train", "other", "--data", name);
    expect([name, code]).toEqual([name, 3]);
    expect(err).toContain(sentence);
  }
}, 300_000);
