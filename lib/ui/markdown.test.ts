import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import { blocks } from "./markdown.tsx";

test("a model card is taken apart into what it is made of", () => {
  const card =
    "# Birds\n\nTwo lines\nof **one** thought.\n\n| a | b |\n|---|--:|\n| 1 | 2 |\n\n```text\n| x\n\n# y\n```\nafter";
  expect(blocks(card)).toEqual([
    { kind: "heading", level: 1, text: "Birds" },
    { kind: "paragraph", text: "Two lines of **one** thought." },
    { kind: "table", head: ["a", "b"], rows: [["1", "2"]] },
    { kind: "code", text: "| x\n\n# y" },
    { kind: "paragraph", text: "after" },
  ]);
});

test("the cards of all releases hold nothing else", () => {
  const releases = readdirSync("models").flatMap((task) => {
    try {
      return readdirSync(`models/${task}/releases`).map(
        (version) => `models/${task}/releases/${version}/card.md`,
      );
    } catch {
      return [];
    }
  });
  for (const path of releases) {
    const found = blocks(readFileSync(path, "utf8"));
    for (const { kind } of found) expect(["heading", "paragraph", "table", "code"]).toContain(kind);
    for (const block of found)
      if (block.kind === "table") for (const row of block.rows) expect(row).toHaveLength(block.head.length);
  }
});

test("no word is lost and nothing hangs, whatever the text", () => {
  const line = fc.oneof(fc.string(), fc.constantFrom("```", "|", "| a |", "# b", "", "```text"));
  fc.assert(
    fc.property(fc.array(line), (lines) => {
      const words = JSON.stringify(blocks(lines.join("\n")));
      for (const word of lines.filter((text) => /^\w+$/.test(text))) expect(words).toContain(word);
    }),
  );
});
