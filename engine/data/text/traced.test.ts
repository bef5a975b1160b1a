import fc from "fast-check";
import { expect, test } from "vitest";
import { TracedText } from "./traced.ts";

test("what was replaced, added and removed is found where it came from", () => {
  const source = "ab&amp;cd  ef";
  const traced = TracedText.of(source)
    .replace(/&amp;/g, () => "&")
    .replace(/ +/g, () => " ")
    .replace(/[a-c]/g, (letter) => letter.toUpperCase())
    .replace(/ef/g, () => " x ");
  expect(traced.text).toBe("AB&Cd  x ");
  const from = (at: number, to: number) => {
    const origin = traced.origin(at, to);
    return source.slice(origin.from, origin.to);
  };
  expect(
    ["A", "&", "Cd", "x"].map((part) =>
      from(traced.text.indexOf(part), traced.text.indexOf(part) + part.length),
    ),
  ).toEqual(["a", "&amp;", "cd", "ef"]);
  expect(from(5, 6)).toBe("  ");
});

test("the text is what String.replace makes of it, and origins never step back", () => {
  const patterns = [/a+/g, /(b)(c)?/g, / /g, /^x|x$/g];
  const change = fc.tuple(fc.constantFrom(...patterns), fc.constantFrom("", "z", "ab", "b c"));
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(..."abcx ") }), fc.array(change), (source, changes) => {
      let [traced, plain] = [TracedText.of(source), source];
      for (const [pattern, fresh] of changes) {
        traced = traced.replace(pattern, () => fresh);
        plain = plain.replace(pattern, () => fresh);
      }
      expect(traced.text).toBe(plain);
      const starts = Array.from(plain, (_, at) => traced.origin(at, at + 1).from);
      expect(starts).toEqual(starts.toSorted((a, b) => a - b));
      for (const start of starts) expect(start).toBeLessThan(source.length);
    }),
  );
});
