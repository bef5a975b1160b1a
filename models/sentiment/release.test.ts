import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { classifyTexts } from "../../engine/read/textClassifier.ts";
import { largestDifference } from "../../engine/release/golden.ts";
import { isKnown } from "../../engine/release/known.ts";
import { loadTextRelease } from "../../engine/release/loadText.ts";

const folder = join(import.meta.dirname, "releases", "standard-1.0.0");
const { manifest, reader } = await loadTextRelease(folder, { threads: 1 });
const { tokeniser } = reader;

// Byte for byte: another id is another answer.
test("texts become the ids that the network was trained on", () => {
  expect(tokeniser.encode("Not GOOD at all!!!!! 😡 @me https://x.y").join(" ")).toBe(
    "3469 3593 3472 3507 31 31 31 2283 47 619",
  );
  expect(tokeniser.encode("這家酒店很乾淨，ＧＲＥＡＴ").join(" ")).toBe("50 118 114 96 48 359 595 21 3685");
});

test("answers are the golden ones, in whatever company", async () => {
  const opinions = await classifyTexts(
    reader,
    manifest.golden.map(({ text }) => text),
  );
  for (const [i, { wasm }] of manifest.golden.entries())
    expect(largestDifference(opinions[i]!.logits, wasm)).toBeLessThan(manifest.goldenTolerance);
});

test("languages that it has not learned are told, its own are not", async () => {
  const own = [
    "The food was cold and the waiter rude.",
    "这部电影真好看",
    "這家店的服務很差",
    "i luv this so much omg",
  ];
  const strange = [
    "Очень вкусно, спасибо",
    "とても美味しかったです",
    "진짜 맛있어요",
    "bu film çok kötü",
    "Das Essen war furchtbar",
  ];
  const opinions = await classifyTexts(reader, [...own, ...strange]);
  const known = opinions.map((opinion) => isKnown(manifest, opinion.known));
  expect(known).toEqual([...own.map(() => true), ...strange.map(() => false)]);
});

test("twenty thousand characters without a space are read, and the whole is at most 8 MB", async () => {
  const [opinion] = await classifyTexts(reader, ["好".repeat(3).concat("x1").repeat(4000)]);
  expect(opinion!.logits.every(Number.isFinite)).toBe(true);
  const bytes = readdirSync(folder).reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);
  expect(bytes).toBeLessThan(8e6);
});
