import fc from "fast-check";
import { expect, test } from "vitest";
import { LINK, MENTION, normalise } from "./normalise.ts";
import { unitsOf, WORD } from "./units.ts";

test.each([
  ["full-width forms", "ＧＯＯＤ！　１２３", "good! 123"],
  [
    "HTML's entities, twice wrapped too",
    "Tom &amp;amp; Jerry &lt;3 &#128512; &#x597D; &nope;",
    "tom & jerry <3 😀 好 &nope;",
  ],
  ["entities beyond Unicode and halves of characters", "&#x110101; &#xd800;", "&#x110101; \ufffd"],
  ["links, in Chinese too", "see https://a.b/c?d=e#f 看www.example.com/好吧", `see ${LINK} 看 ${LINK} 好吧`],
  ["names, but no addresses", "@User_1 hi, me@example.com @@x", `${MENTION} hi, me@example.com @ ${MENTION}`],
  ["quotation marks", "“it’s” „so‟ «good»", '"it\'s" "so" "good"'],
  ["what a collection split off", "it does n't , and it 's fine", "it doesn't , and it's fine"],
  ["invisible characters", "go\u200bo\u00add\u202e \ufeff👩🏽\u200d💻️", "good 👩💻"],
  ["nothing that says link or name by itself", "a\ue000b\ue001", "ab"],
  ["control characters and white space", "\u0000a\u0001b\r\n\t c\u3000\u00a0d ", "a b c d"],
  ["repeats", "Soooooo 哈哈哈哈哈哈 !!!!! 22", "sooo 哈哈哈 !!! 22"],
  ["halves of characters", "a\ud83dz", "a\ufffdz"],
  ["traditional characters, each in its place", "這部電影實在太爛了，乾淨", "这部电影实在太烂了,干净"],
  ["marks that belong to the letter before", "e\u0301 \u1112\u1161\u11ab", "é 한"],
  ["words between & and ; that are no entities", "a &constructor; b &nope;", "a &constructor; b &nope;"],
  ["nothing", " \u200b\n", ""],
])("%s", (_, text, expected) => expect(normalise(text)).toBe(expected));

test("any text becomes one without edges, double spaces or control characters", () => {
  const unit = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.constantFrom("&amp;", "&#0;", "@a", "http://", "\ud800", "好", "  ", "\u200d", "n't", " "),
  );
  fc.assert(
    fc.property(fc.array(unit), (parts) => {
      const normalised = normalise(parts.join(""));
      expect(normalised).toBe(normalised.trim());
      expect(normalised).not.toMatch(/ {2}|[\p{Control}\u200b-\u200f]/u);
      expect([...unitsOf(normalised)].join("").replaceAll(WORD, "")).toBe(
        normalised.replaceAll(" ", "").replaceAll(WORD, ""),
      );
    }),
  );
});

test("units: words, Han characters, everything else one by one", () => {
  expect([...unitsOf("don't 好吃的pizza, 10% 😀がっこう한국")]).toEqual([
    `${WORD}don't`, "好", "吃", "的", `${WORD}pizza`, ",", `${WORD}10`, "%", "😀", `${WORD}がっこう한국`,
  ]); // biome-ignore format: a list
  expect([...unitsOf("a".repeat(90))].map(({ length }) => length)).toEqual([41, 40, 10]);
});
