import fc from "fast-check";
import { expect, test } from "vitest";
import { TableFileError } from "./table-fault.ts";
import { openTable } from "./table-file.ts";
import { workbook } from "./workbook.fixture.ts";

async function read(name: string, ...parts: BlobPart[]) {
  const table = await openTable(new File(parts, name));
  const rows: (readonly string[])[] = [];
  for await (const row of table.rows()) rows.push(row);
  return { ...table, rows };
}

const fault = (promise: Promise<unknown>) =>
  promise.then(
    () => undefined,
    (error) => (error instanceof TableFileError ? error.fault : error),
  );

const two = [
  ["stars", "text"],
  ["5", 'Lovely, "quiet"\nand near'],
];

test.each([
  ["commas", "a.csv", 'stars,text\r\n5,"Lovely, ""quiet""\nand near"\r\n', "csv"],
  ["semicolons", "a.CSV", 'stars;text\n5;"Lovely, ""quiet""\nand near"', "csv"],
  ["tabs in a file that says it is CSV", "a.csv", "stars\ttext\n5\tLovely", "tsv"],
  ["tabs", "a.txt", "stars\ttext\n5\tLovely", "tsv"],
])("%s", async (_, name, text, kind) => {
  const table = await read(name, text);
  expect(table.kind).toBe(kind);
  expect(table.rows).toEqual(kind === "tsv" ? [["stars", "text"], ["5", "Lovely"]] : two);
}); // biome-ignore format: a table

test("lines are texts, whatever they hold, and empty ones are none", async () => {
  const table = await read("a.txt", 'A film, a "great" one; really.\n\n真好看。\r\n');
  expect(table.kind).toBe("lines");
  expect(table.rows).toEqual([['A film, a "great" one; really.'], ["真好看。"]]);
});

test("a workbook gives the rows of its first sheet, a large one as well", async () => {
  expect(await read("a.xlsx", workbook(two))).toMatchObject({ kind: "workbook", rows: two });
  const many = Array.from({ length: 100 }, (_, i) => [String(i), `${"so good ".repeat(500)}${i}`]);
  expect((await read("b.xlsx", workbook(many))).rows).toEqual(many);
  expect((await read("c.xlsx", workbook([["text"], [0.5], [""]]))).rows).toEqual([["text"], ["0.5"]]);
});

test("what is no table is told from the others", async () => {
  expect(await fault(openTable(new File([], "a.csv")))).toEqual({ kind: "empty" });
  const binary = Uint8Array.from({ length: 99 }, (_, i) => (i * 37) % 256);
  expect(await fault(openTable(new File([binary], "a.csv")))).toEqual({ kind: "notText" });
  const old = Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0, 0);
  expect(await fault(openTable(new File([old], "a.xls")))).toEqual({ kind: "oldWorkbook" });
  const half = workbook(two).slice(0, 300);
  expect(await fault(openTable(new File([half], "a.xlsx")))).toEqual({ kind: "workbook" });
  expect(await fault(read("a.csv", 'text\n"never closed\nmore'))).toEqual({ kind: "quotation", line: 2 });
});

test("no bytes make it fail in another way", async () => {
  const magic = fc.constantFrom([], [0x50, 0x4b, 3, 4], [0xff, 0xfe]);
  await fc.assert(
    fc.asyncProperty(magic, fc.uint8Array({ maxLength: 60 }), async (head, rest) => {
      const found = await fault(read("a.csv", Uint8Array.from(head), rest as Uint8Array<ArrayBuffer>));
      expect(found === undefined || "kind" in found).toBe(true);
    }),
    { numRuns: 30 },
  );
});
