import { expect, test } from "vitest";
import { csv, json, likeliest, lines } from "./answers.ts";

const candidates = [
  { class: { id: "bongo-drum", en: "bongo drum", zh: "邦戈鼓" }, probability: 0.9731 },
  { class: { id: "drums", en: "drums", zh: "鼓" }, probability: 0.0004 },
];

test("the likeliest come first, as many as asked for", () => {
  const classes = candidates.map((candidate) => candidate.class);
  expect(likeliest(classes, [0.25, 0.75], 1)).toEqual([{ class: classes[1], probability: 0.75 }]);
});

test("a line for people", () => {
  expect(lines("image").answer("a b.jpg", { known: true, candidates })).toBe(
    "a b.jpg\tbongo drum 97.3 %\tdrums 0.0 %",
  );
  const strange = { known: false, candidates };
  expect(lines("image").answer("a.jpg", strange)).toMatch(/^a.jpg\tnone of these\tbongo drum/);
  expect(lines("text").answer("çok", strange)).toMatch(/^çok\ta language the model has not seen\tbongo drum/);
});

test("CSV quotes what would break its columns", () => {
  expect(csv.answer('my "best", two.jpg', { known: undefined, candidates })).toBe(
    '"my ""best"", two.jpg",1,bongo-drum,0.973100,\n"my ""best"", two.jpg",2,drums,0.000400,',
  );
});

test("JSON carries both languages and keeps failures in their place", () => {
  expect(JSON.parse(json.answer("a.jpg", { known: undefined, candidates })).predictions[0]).toEqual({
    class: "bongo-drum",
    en: "bongo drum",
    zh: "邦戈鼓",
    probability: 0.9731,
  });
  expect(JSON.parse(json.answer("a.jpg", { known: false, candidates })).known).toBe(false);
  expect(JSON.parse(json.failure!("a.jpg", "is empty"))).toEqual({ file: "a.jpg", error: "is empty" });
});
