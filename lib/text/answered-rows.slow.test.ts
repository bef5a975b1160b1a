import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";
import { DelimitedReader } from "../../engine/data/text/delimited.ts";
import { AnsweredRows } from "./answered-rows.ts";

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;

/** A table of 800 MB as a file brings it, 64 kB at a time. */
function* pieces(rows: number): Generator<string> {
  let piece = "";
  for (let row = 0; row < rows; row++) {
    piece += `${row},${`row ${row}: the food was great and the room bad `.repeat(90)}\n`;
    if (piece.length < 2 ** 16) continue;
    yield piece;
    piece = "";
  }
  yield piece;
}

test("of 200,000 long rows no more is kept than their excerpts", () => {
  const rows = 200_000;
  collect();
  const before = process.memoryUsage();
  const answered = new AnsweredRows(3);
  const reader = new DelimitedReader("long.csv", ",");
  for (const piece of pieces(rows)) {
    for (const [, text] of reader.read(piece))
      answered.add(text!, { probabilities: Float32Array.of(0.25, 0.25, 0.5), known: true });
  }
  collect();
  const after = process.memoryUsage();
  const megabytes = (after.heapUsed + after.arrayBuffers - before.heapUsed - before.arrayBuffers) / 1e6;
  console.info("memory for 200,000 rows, in MB:", Math.round(megabytes));
  expect(answered.counts.all).toBe(rows);
  expect(megabytes).toBeLessThan(150);
  expect(answered.at(rows - 1)!.excerpt).toMatch(/^row 199999: the food/);
}, 300_000);
