import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, expect, test } from "vitest";
import { type LabelledText, readTextLines, readTextTable } from "./table.node.ts";

const folder = mkdtempSync(join(tmpdir(), "nacre-table-"));
afterAll(() => rmSync(folder, { recursive: true }));

const COLUMNS = { text: "text", label: "label", source: "source" };

async function read(content: string | Uint8Array, columns: { text: string; label: string } = COLUMNS) {
  const path = join(folder, "reviews");
  writeFileSync(path, content);
  const rows: LabelledText[] = [];
  for await (const row of readTextTable(path, columns)) rows.push(row);
  return rows;
}

const TSV = 'source\tlabel\ttext\nshop\tnegative\t“太"差了\nweb\tpositive\tgood, really';
const ROWS = [
  { source: "shop", label: "negative", text: '“太"差了' },
  { source: "web", label: "positive", text: "good, really" },
];

test("TSV, CSV and gzip, with Windows' line ends and marks", async () => {
  expect(await read(TSV)).toEqual(ROWS);
  expect(await read(gzipSync(TSV))).toEqual(ROWS);
  expect(await read(`\ufeff${TSV.replaceAll("\n", "\r\n")}\r\n`)).toEqual(ROWS);
  expect(await read('stars,review\n5,"good, really"\n', { text: "review", label: "stars" })).toEqual([
    { source: "", label: "5", text: "good, really" },
  ]);
});

test("UTF-16 and GBK are read as what they are", async () => {
  expect(await read(Buffer.from(`\ufeff${TSV}`, "utf16le"))).toEqual(ROWS);
  const gbk = Uint8Array.of(0xcc, 0xab, 0xb2, 0xee, 0xc1, 0xcb); // 太差了
  const table = Buffer.concat([Buffer.from("label\ttext\nnegative\t"), gbk]);
  expect(await read(table)).toEqual([{ source: "", label: "negative", text: "太差了" }]);
});

test("a table of many rows comes as it is read", async () => {
  const rows = Array.from({ length: 50_000 }, (_, i) => `text ${i} 好,${i % 3}`);
  const found = await read(gzipSync(`text,label\n${rows.join("\n")}`));
  expect(found).toHaveLength(50_000);
  expect(found[49_999]).toEqual({ text: "text 49999 好", label: "1", source: "" });
});

test("what cannot be read is an error that says what to do", async () => {
  await expect(read("")).rejects.toThrow("is empty; the first line must name the columns.");
  await expect(read("text,stars\na,5\n")).rejects.toThrow(
    'has no column "label". Its header names "text", "stars"',
  );
  await expect(read("text,label\nfine\n")).rejects.toThrow("row 2 has 1 fields, too few for its header");
  await expect(read(Uint8Array.of(0x61, 0xff, 0xff, 0x0a))).rejects.toThrow("in UTF-8, UTF-16 or GBK");
  const odd = Buffer.concat([Buffer.from(`\ufeff${TSV}`, "utf16le"), Uint8Array.of(0x61)]);
  await expect(read(odd)).rejects.toThrow("is not whole text in UTF-8, UTF-16 or GBK");
  await expect(read(gzipSync(TSV).subarray(0, 40))).rejects.toThrow("cannot be read; is it there, whole");
  await expect(readTextTable(join(folder, "none"), COLUMNS).next()).rejects.toThrow("cannot be read");
});

async function all(lines: AsyncIterable<string>): Promise<string[]> {
  const found: string[] = [];
  for await (const line of lines) found.push(line);
  return found;
}

test("lines of files and streams are texts, quotation marks and all", async () => {
  const path = join(folder, "lines.txt");
  writeFileSync(path, '“good"\r\n\n\ttabs, too\n');
  expect(await all(readTextLines(path))).toEqual(['“good"', "\ttabs, too"]);
  const stream = async function* (...pieces: number[][]) {
    for (const piece of pieces) yield Uint8Array.from(piece);
  };
  expect(await all(readTextLines("stdin", stream([0xe5, 0xa5], [0xbd, 0x0a, 0x61])))).toEqual(["好", "a"]);
  await expect(readTextLines("stdin", stream([0xff, 0x0a])).next()).rejects.toThrow("stdin is not in UTF-8");
});
