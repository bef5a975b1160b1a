import { expect, test } from "vitest";
import { outlineOf } from "./outline.ts";
import type { TableFile } from "./table-file.ts";

const table = (rows: readonly (readonly string[])[], kind: TableFile["kind"] = "csv"): TableFile => ({
  name: "a.csv",
  kind,
  encoding: "utf-8",
  async *rows() {
    yield* rows;
  },
});

const review = "The rooms were clean and the staff was kind to us.";

test.each<[string, string[][], { header: boolean; column: number }]>([
  ["names above texts", [["id", "stars", "what they said"], ["1", "5", review]], { header: true, column: 2 }],
  ["a name that says it", [["title", "评论"], [review, "好"]], { header: true, column: 1 }],
  ["no names", [["1", review], ["2", review]], { header: false, column: 1 }],
  ["one column with its name", [["text"], ["good"], ["bad"]], { header: true, column: 0 }],
  ["one column without", [["good"], ["bad"]], { header: false, column: 0 }],
  ["one row", [["good", "bad"]], { header: false, column: 0 }],
])("%s", async (_, rows, expected) => {
  expect(await outlineOf(table(rows))).toMatchObject({ ...expected, rows: rows.length });
}); // biome-ignore format: a table

test("lines name nothing, and only the first are kept", async () => {
  const lines = Array.from({ length: 5000 }, () => ["text"]);
  const outline = await outlineOf(table(lines, "lines"));
  expect(outline).toMatchObject({ header: false, rows: 5000, columns: 1 });
  expect(outline.first.length).toBe(20);
});
