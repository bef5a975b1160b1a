import { expect, test } from "vitest";
import { AnsweredRows, type RowSelection } from "./answered-rows.ts";
import { tableCsv } from "./table-csv.ts";

const classes = ["bad", "good"].map((id) => ({ id, en: id, zh: id }));
const everything: RowSelection = { wanted: "all", atLeast: 0, order: "arrival", search: "" };
const rows = [
  ["7", 'It was "fine", really'],
  ["8", ""],
  ["9", "Þetta er gott"],
  ["10", "not answered yet"],
];

function answers(): AnsweredRows {
  const answered = new AnsweredRows(2);
  answered.add(rows[0]![1]!, { probabilities: Float32Array.of(0.25, 0.75), known: true });
  answered.add("", undefined);
  answered.add(rows[2]![1]!, { probabilities: Float32Array.of(0.5, 0.5), known: false });
  return answered;
}

async function written(selection: RowSelection, header?: readonly string[]): Promise<string> {
  async function* all() {
    if (header !== undefined) yield header;
    yield* rows;
  }
  let text = "";
  for await (const piece of tableCsv(
    { rows: all },
    { classes },
    answers(),
    selection,
    header !== undefined,
  )) {
    text += piece;
  }
  return text;
}

test("each answered row keeps its fields and gets its answer behind them", async () => {
  expect(await written(everything, ["id", "text"])).toBe(
    [
      "id,text,answer,bad,good",
      '7,"It was ""fine"", really",good,0.250000,0.750000',
      "8,,,,",
      "9,Þetta er gott,unknown,0.500000,0.500000",
      "",
    ].join("\r\n"),
  );
});

test("without names the columns are numbered, and only what is wanted is written", async () => {
  expect(await written({ ...everything, wanted: 1 })).toBe(
    'column_1,column_2,answer,bad,good\r\n7,"It was ""fine"", really",good,0.250000,0.750000\r\n',
  );
});
