import { createHash } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { Rng } from "../../random.ts";
import { learnPieces } from "./learnPieces.ts";
import { normalise } from "./normalise.ts";
import { FILL, Tokeniser, UNKNOWN } from "./tokeniser.ts";
import { WORD } from "./units.ts";

const TEXTS = [
  "The food was good, really good. The goods were not.",
  "Good food makes a good mood; bad food makes a bad mood!",
  "这家店的东西很好吃，老板也很好。",
  "不好吃，东西很贵，老板不好。",
  "She was not amused, he was not amusing.",
];

const vocabulary = learnPieces(TEXTS, { size: 90, minimum: 2 });
const tokeniser = new Tokeniser(vocabulary);

test("learns the pieces that are seen most, in an order that is always the same", () => {
  expect(vocabulary.pieces).toContain(`${WORD}good`);
  expect(vocabulary.pieces).toContain("好");
  expect(vocabulary.pieces.some((piece) => /[\u4e00-\u9fff]./u.test(piece))).toBe(false);
  expect(new Set(vocabulary.pieces).size).toBe(vocabulary.pieces.length);
  expect(learnPieces(TEXTS.toReversed(), { size: 90, minimum: 2 })).toEqual(vocabulary);
  expect(learnPieces(TEXTS, { size: 12, minimum: 1 }).pieces).toHaveLength(10);
});

test("ids are those of the pieces, and of nothing else", () => {
  const pieces = (text: string) => tokeniser.encode(text).map((id) => tokeniser.piece(id));
  expect(pieces("GOOD  ｆｏｏｄ")).toEqual([`${WORD}good`, `${WORD}food`]);
  expect(pieces("很好吃")).toEqual(["很", "好", "吃"]);
  expect(tokeniser.encode("囍 ¥")).toEqual([UNKNOWN, UNKNOWN]);
  expect(tokeniser.encode(" \u200b ")).toEqual([]);
  expect(tokeniser.piece(FILL)).toBe("");
});

test("an emoji that was not learned is read as one that was and says about the same", () => {
  const reader = new Tokeniser({ version: 1, pieces: ["😊", "💩"] });
  const read = (text: string) => reader.encode(text).map((id) => reader.piece(id));
  expect(read("😀😊 👎🏽")).toEqual(["😊", "😊", "💩"]);
  expect(read("🫠")).toEqual(["\ufffd"]);
  expect(Tokeniser.knownShare(reader.trace("😀"))).toBe(1);
});

// The same bytes on every platform: what is trained on must be what is asked.
test("golden: the vocabulary and the ids of texts, byte for byte", () => {
  const digest = (value: unknown) =>
    createHash("sha256").update(JSON.stringify(value)).digest("hex").slice(0, 16);
  expect(digest(tokeniser)).toBe("0aec3d8e93dcb380");
  expect(tokeniser.encode("The goods aren't so good!!!!!! 老板，不好吃😀 http://x.y @me").join(" ")).toBe(
    "53 34 7 42 22 6 13 1 11 2 7 3 34 1 1 1 29 28 10 25 15 27 1 1 1",
  );
});

test("each piece is known where it stands in the text as it was written", () => {
  const text = "  Ｇｏｏｄ &amp; BAD，非常好吃！！！！！ https://x.y/z food";
  const found = tokeniser.trace(text).map(({ id, from, to }) => [tokeniser.piece(id), text.slice(from, to)]);
  expect(found.filter(([piece]) => piece !== "\ufffd")).toEqual([
    [`${WORD}good`, "Ｇｏｏｄ"], [`${WORD}bad`, "BAD"], [",", "，"], ["好", "好"], ["吃", "吃"], [`${WORD}food`, "food"],
  ]); // biome-ignore format: a list
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), fc.constantFrom(...TEXTS), (before, sentence) => {
      const source = `${before} ${sentence}`;
      let end = 0;
      for (const { from, to } of tokeniser.trace(source)) {
        expect(from).toBeGreaterThanOrEqual(end - 1);
        expect(to).toBeGreaterThanOrEqual(from);
        end = from;
      }
      expect(end).toBeLessThan(source.length);
    }),
  );
});

test("goes through JSON unchanged, and says when it is none", () => {
  const again = Tokeniser.parse(JSON.stringify(tokeniser));
  expect(again.toJSON()).toEqual(vocabulary);
  expect(again.size).toBe(tokeniser.size);
  for (const json of ["", "{}", '{"version":2,"pieces":[]}', '{"version":1,"pieces":[""]}'])
    expect(() => Tokeniser.parse(json)).toThrow("The model's vocabulary cannot be read");
});

test("any text has ids within the vocabulary, and loses nothing that is in it", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      for (const id of tokeniser.encode(text)) expect(id > FILL && id < tokeniser.size).toBe(true);
    }),
  );
  for (const text of TEXTS) {
    const pieces = tokeniser.encode(text).map((id) => tokeniser.piece(id));
    if (!tokeniser.encode(text).includes(UNKNOWN))
      expect(pieces.join("").replaceAll(WORD, "")).toBe(normalise(text).replaceAll(" ", ""));
  }
});

test("long texts are read at once, with spaces and without", () => {
  const rng = new Rng(1);
  const letters = Array.from({ length: 2 ** 16 }, () => "abcdefgo"[rng.integer(8)]).join("");
  expect(tokeniser.encode(letters).length).toBeGreaterThan(1000);
  expect(tokeniser.encode("good food ".repeat(1e4))).toHaveLength(2e4);
}, 20_000);
