import { createTranslator } from "use-intl/core";
import { expect, test } from "vitest";
import { en } from "./en.ts";
import { zh } from "./zh.ts";

type Words = { readonly [key: string]: string | Words };

/** "answer.sentence" → its text, for every text. */
function texts(words: Words, prefix = ""): Map<string, string> {
  return new Map(
    Object.entries(words).flatMap(([key, value]) =>
      typeof value === "string" ? [[prefix + key, value] as const] : [...texts(value, `${prefix}${key}.`)],
    ),
  );
}

/** The names of a message's arguments, which every language must use alike. */
const argumentsOf = (text: string) =>
  [...new Set([...text.matchAll(/\{(\w+)(?=[,}])/g)].map(([, name]) => name))].sort();

const english = texts(en);
const chinese = texts(zh);

test("both languages have the same keys", () => {
  expect([...chinese.keys()].sort()).toEqual([...english.keys()].sort());
});

test("a message takes the same values in both languages", () => {
  for (const [key, text] of english)
    expect([key, argumentsOf(chinese.get(key)!)]).toEqual([key, argumentsOf(text)]);
});

test("every message can be formatted, and the English ones are English", () => {
  for (const [locale, messages] of [
    ["en", en],
    ["zh", zh],
  ] as const) {
    const translate = createTranslator({
      locale,
      messages,
      onError: (error) => {
        throw error;
      },
    }).markup as (key: string, values: object) => string;
    for (const [key, text] of texts(messages)) {
      const values = Object.fromEntries(argumentsOf(text).map((name) => [name, 1]));
      const formatted = translate(key, { ...values, phrase: (words: string) => words });
      expect(formatted).not.toMatch(/[{}<>]/);
      if (locale === "en") expect(formatted).not.toMatch(/\p{Script=Han}/u);
    }
  }
});
