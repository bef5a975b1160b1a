import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { unzipSync } from "fflate";
import { afterAll, expect, test } from "vitest";
import { scanImageFolder } from "../../engine/data/folder.ts";
import { findTextTables, readTexts } from "../../engine/data/text/texts.node.ts";
import type { Correction } from "./correction.ts";
import { zipCorrections } from "./export.ts";

const folder = mkdtempSync(join(tmpdir(), "nacre-export-"));
afterAll(() => rmSync(folder, { recursive: true }));

const correction = (kind: Correction["kind"], content: Blob, said: string | null): Correction => ({
  ...{ id: crypto.randomUUID(), task: "some", kind, version: "standard-1.0.0", name: "a.b/../c.PNG" },
  ...{ answered: "dog", probability: 0.9, said, content, made: "2026-01-02T03:04:05.678Z", sent: null },
});

async function unpack(corrections: readonly Correction[], name: string): Promise<string> {
  const files = unzipSync(new Uint8Array(await (await zipCorrections(corrections)).arrayBuffer()));
  for (const [path, bytes] of Object.entries(files)) {
    const file = join(folder, name, path);
    expect(file.startsWith(join(folder, name))).toBe(true);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, bytes);
  }
  return join(folder, name);
}

test("pictures are unpacked as training finds them, under the class that was said", async () => {
  const bytes = new Uint8Array([1, 2, 3]);
  const unpacked = await unpack(
    [
      correction("image", new Blob([bytes], { type: "image/jpeg" }), "cat"),
      correction("image", new Blob([bytes]), "bird"),
      correction("image", new Blob([bytes], { type: "image/webp" }), null),
      correction("image", new Blob([bytes], { type: "image/png" }), "../../cat"),
    ],
    "pictures",
  );
  const { classes, splits } = await scanImageFolder(unpacked);
  expect(classes).toEqual(["-..-cat", "bird", "cat"]);
  expect(splits.all?.map(({ path }) => path.slice(unpacked.length + 1))).toEqual([
    "-..-cat/20260102T030405-3.png",
    "bird/20260102T030405-1.png",
    "cat/20260102T030405-0.jpg",
  ]);
});

test("texts are unpacked as a table, each in its row, whatever they hold", async () => {
  const texts = ['one\ttab, two\r\nlines and a "quotation', "<b>三</b>\u2028four", "nothing"];
  const said = ["good", "bad", null];
  const unpacked = await unpack(
    texts.map((text, i) => correction("text", new Blob([text]), said[i]!)),
    "texts",
  );
  const found = [];
  const columns = { text: "text", label: "label" };
  for await (const row of readTexts(await findTextTables(unpacked), columns, (label) => said.indexOf(label)))
    found.push([row.text, row.label]);
  expect(found).toEqual([
    ['one tab, two lines and a "quotation', 0],
    ["<b>三</b> four", 1],
  ]);
});
