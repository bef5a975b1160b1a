import fc from "fast-check";
import { expect, test } from "vitest";
import { sentencesOf } from "./sentences.ts";

const split = (text: string) => sentencesOf(text).map(({ start, end }) => text.slice(start, end));

test.each<[string, string[]]>([
  ["The food was great. The bill was not!", ["The food was great.", "The bill was not!"]],
  ["房间很干净。早餐一般！不会再来了。", ["房间很干净。", "早餐一般！", "不会再来了。"]],
  ["“Never again!” she said. (Me neither.) Ever", ["“Never again!” she said.", "(Me neither.)", "Ever"]],
  ["Mr. Lee paid 3.50 at approx. noon… and left. J. came", ["Mr. Lee paid 3.50 at approx. noon… and left.", "J. came"]],
  ["great food. slow service! i liked it", ["great food.", "slow service!", "i liked it"]],
  ["Why?! Because. ... 😀", ["Why?!", "Because. ...", "😀"]],
  ["one\n\n  two  \r\nthree", ["one", "two", "three"]],
  ["رائع! هل تعود؟ نعم", ["رائع!", "هل تعود؟", "نعم"]],
  ["他说：“太好了！”然后走了。", ["他说：“太好了！”", "然后走了。"]],
  ["  \n ", []],
  ["...", ["..."]],
])("%j", (text, expected) => {
  expect(split(text)).toEqual(expected);
}); // biome-ignore format: a table

test("sentences come in order, within the text, short enough, and leave out nothing but white space", () => {
  const piece = fc.constantFrom(
    "a",
    "Bc",
    ".",
    "! ",
    "。",
    " ",
    "\n",
    "😀",
    "”",
    "好",
    "x".repeat(700),
    "1.5",
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
      const text = pieces.join("");
      let reached = 0;
      for (const { start, end } of sentencesOf(text)) {
        expect(text.slice(reached, start).trim()).toBe("");
        expect(end).toBeGreaterThan(start);
        expect(end - start).toBeLessThanOrEqual(1000 + 30);
        expect(text.slice(start, end)).not.toMatch(/^[\udc00-\udfff]|[\ud800-\udbff]$/);
        reached = end;
      }
      expect(text.slice(reached).trim()).toBe("");
    }),
  );
});
