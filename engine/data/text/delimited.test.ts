import fc from "fast-check";
import { expect, test } from "vitest";
import { DelimitedReader, type Delimiter, delimiterOf } from "./delimited.ts";

/** The rows of a text that comes in pieces of `size` characters. */
function rows(text: string, delimiter: Delimiter, size = text.length || 1): string[][] {
  const reader = new DelimitedReader("a.csv", delimiter);
  const found: string[][] = [];
  for (let from = 0; from < text.length; from += size)
    found.push(...reader.read(text.slice(from, from + size)));
  return [...found, ...reader.end()];
}

test.each<[string, Delimiter, string[][]]>([
  ["a,b\r\nc,d\r\n", ",", [["a", "b"], ["c", "d"]]],
  ['"a ""b"", c",d\ne,"f\ng"', ",", [['a "b", c', "d"], ["e", "f\ng"]]],
  ['say "hi"\t"x\ny\tz', "\t", [['say "hi"', '"x'], ["y", "z"]]],
  ["a,b\n\n\rc,", ",", [["a", "b"], ["c", ""]]],
  ['a\n""\n', ",", [["a"]]],
  ['a;"b;c";1,5', ";", [["a", "b;c", "1,5"]]],
  ['say "hi", he said\r\n\n\tand\t;', "", [['say "hi", he said'], ["\tand\t;"]]],
  ["", ",", []],
])("%j", (text, delimiter, expected) => {
  for (const size of [1, 2, 100]) expect(rows(text, delimiter, size)).toEqual(expected);
}); // biome-ignore format: a table

test("what is written by RFC 4180 is read as it was", () => {
  const field = fc.string({ unit: fc.constantFrom("a", '"', ",", "\n", "\r", "好", "🙂", " ") });
  const table = fc.array(fc.array(field, { minLength: 2, maxLength: 4 }), { maxLength: 5 });
  fc.assert(
    fc.property(table, fc.integer({ min: 1, max: 9 }), (written, size) => {
      const text = written
        .map((row) => row.map((f) => `"${f.replaceAll('"', '""')}"`).join(","))
        .join("\r\n");
      expect(rows(text, ",", size)).toEqual(written);
    }),
  );
});

test("a quotation mark that is not closed, and a field without end, are errors that name the line", () => {
  expect(() => rows('a,b\n"c,d\ne', ",")).toThrow("a.csv: the quotation mark in line 2 is never closed");
  expect(() => rows(`a\n"${"b\n".repeat(2 ** 21)}`, ",")).toThrow("in line 2 is never closed");
  expect(() => rows(`a\n${"b".repeat(2 ** 21 + 1)}`, "\t")).toThrow(
    "a.csv: line 2 holds a field of more than",
  );
});

test("the header says what stands between fields", () => {
  expect(["text", "text,stars", "text;stars", "a\tb,c;d", "a;b;c,d"].map(delimiterOf)).toEqual([
    ",",
    ",",
    ";",
    "\t",
    ";",
  ]);
});
