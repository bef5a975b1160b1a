import { expect, test } from "vitest";
import { findClass } from "./task.ts";

const classes = [
  { id: "bongo-drum", en: "bongo drum", zh: "邦戈鼓" },
  { id: "accordion", en: "accordion", zh: "手风琴", aliases: ["acordian"] },
];

test.each(["bongo-drum", "Bongo Drum", "bongo_drum", "BONGODRUM", " bongo  drum ", "邦戈鼓"])(
  "%s is found",
  (name) => {
    expect(findClass(classes, name)).toBe(0);
  },
);

test("a public spelling is found by its alias", () => {
  expect(findClass(classes, "Acordian")).toBe(1);
});

test("the sign of a number is none of the separators", () => {
  const numbers = ["-1", "0", "1", "-1-2"].map((id) => ({ id, en: id, zh: id }));
  expect(["-1", "1", "-1 2", "1-2"].map((name) => findClass(numbers, name))).toEqual([0, 2, 3, -1]);
});

test.each(["", "bongo", "drum"])("%j means none", (name) => {
  expect(findClass(classes, name)).toBe(-1);
});
