import { expect, test } from "vitest";
import { wordsTable } from "./table.ts";

const classes = [
  { id: "yes", en: "yes", zh: "是" },
  { id: "no", en: "no", zh: "否" },
];

test("a line for each word, with its time where there is one", () => {
  const files = [
    { name: "a.wav", words: [{ index: 1, probability: 0.75, at: undefined }] },
    {
      name: 'long, "loud".mp3',
      words: [
        { index: 0, probability: 0.5, at: 1.234 },
        { index: 1, probability: 1, at: 61 },
      ],
    },
    { name: "silent.wav", words: [] },
  ];
  expect(wordsTable(files, { classes })).toBe(
    [
      "file,at,class,probability",
      "a.wav,,no,0.750000",
      '"long, ""loud"".mp3",1.23,yes,0.500000',
      '"long, ""loud"".mp3",61.00,no,1.000000',
      "silent.wav,,,",
      "",
    ].join("\n"),
  );
});
