import { expect, test } from "vitest";
import { csv, json } from "../../engine/release/answers.ts";
import { exportAnswers } from "./export.ts";
import { answered, failed, photo } from "./photo.fixture.ts";

const classes = ["red", "green", "blue"].map((id) => ({ id, en: id, zh: id }));
const photos = [
  photo(0, "a,b.jpg", answered([0.25, 0.625, 0.125])),
  photo(1, "nothing.jpg", failed("nothing.jpg")),
  photo(2, "later.jpg"),
];

test("a table has the header and a row for each candidate", () => {
  expect(exportAnswers(photos, { classes }, csv)).toBe(
    [
      "file,rank,class,probability,known",
      '"a,b.jpg",1,green,0.625000,',
      '"a,b.jpg",2,red,0.250000,',
      '"a,b.jpg",3,blue,0.125000,',
      "",
    ].join("\n"),
  );
});

test("JSON Lines name the failures with their causes", () => {
  const lines = exportAnswers(photos, { classes }, json).trimEnd().split("\n");
  expect(lines.map((line) => JSON.parse(line))).toEqual([
    {
      file: "a,b.jpg",
      predictions: [
        { class: "green", en: "green", zh: "green", probability: 0.625 },
        { class: "red", en: "red", zh: "red", probability: 0.25 },
        { class: "blue", en: "blue", zh: "blue", probability: 0.125 },
      ],
    },
    {
      file: "nothing.jpg",
      error: "nothing.jpg is empty (0 bytes); copy or download the picture again.",
    },
  ]);
});
