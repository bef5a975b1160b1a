import { createHash } from "node:crypto";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { FIRST_PIECE, Tokeniser } from "../engine/data/text/tokeniser.ts";
import { WORD } from "../engine/data/text/units.ts";
import { CONTRIBUTIONS, DIRECTION, TOKENS } from "../engine/networks/textClassifier.ts";
import { attribute, node, tensorOf } from "../engine/onnx/build.ts";
import { encodeModel } from "../engine/onnx/encode.ts";
import type { OnnxNode } from "../engine/onnx/model.ts";
import type { TextManifest } from "../engine/release/manifest.ts";
import { LOGITS } from "../engine/train/evaluate.ts";

/** The name of the task for texts, and so the address of its page. */
export const textTask = "moods";

const classes = [
  { id: "low", en: "low", zh: "低落" },
  { id: "even", en: "even", zh: "平静" },
  { id: "high", en: "high", zh: "高兴" },
];

/** What its words say, from −2, low, to 2, high; 0 says nothing but is known. */
const says: Readonly<Record<string, number>> = {
  ...{ great: 2, lovely: 2, good: 1, kind: 1, dull: -2, dreadful: -2, bad: -1, slow: -1, not: -1 },
  ...{ the: 0, a: 0, was: 0, and: 0, food: 0, room: 0, it: 0, is: 0, so: 0, very: 0, staff: 0, film: 0, but: 0 },
  ...{ 好: 2, 美: 2, 差: -2, 慢: -1, 很: 0, 房: 0, 间: 0, 菜: 0, 真: 0, 但: 0, 是: 0, "😀": 2, "!": 0, ".": 0, ",": 0 },
  ...{ "。": 0, "，": 0 },
}; // biome-ignore format: a list

/** Columns of a row of tokens: the piece, and the n-grams of two, which it does not use. */
const columns = 2;

/** Writes a release that adds up what words say. All its answers are known beforehand. */
export function writeTextFixture(folder: string): void {
  const version = "standard-1.0.0";
  const target = join(folder, textTask, "releases", version);
  rmSync(target, { recursive: true, force: true });
  mkdirSync(target, { recursive: true });

  const pieces = learned();
  const tokeniser = new Tokeniser({ version: 1, pieces });
  const table = new Float32Array(tokeniser.size * classes.length);
  for (const [word, weight] of Object.entries(says)) {
    const id = FIRST_PIECE + pieces.indexOf(/[a-z]/.test(word) ? WORD + word : word);
    table.set([-weight, 0, weight], id * classes.length);
  }
  const weights = Buffer.from(table.buffer);

  /** A graph that looks up what each piece says, and goes on with `nodes`. */
  const graph = (
    nodes: readonly OnnxNode[],
    inputs: readonly { name: string; type: "int64" | "float32"; shape: (number | string)[] }[],
    output: { name: string; shape: (number | string)[] },
  ) =>
    encodeModel({
      irVersion: 8,
      opsets: [{ domain: "", version: 17 }],
      producer: "nacre e2e",
      metadata: {},
      graph: {
        name: textTask,
        nodes: [
          node("Gather", [TOKENS, "first"], ["pieces"], { axis: attribute.int(2) }),
          node("Gather", ["table", "pieces"], ["said"]),
          ...nodes,
        ],
        inputs,
        outputs: [{ ...output, type: "float32" }],
        initializers: [
          tensorOf("first", BigInt64Array.of(0n), []),
          tensorOf("one", BigInt64Array.of(1n), [1]),
          tensorOf("two", BigInt64Array.of(2n), [1]),
          {
            name: "table",
            type: "float32",
            dims: [tokeniser.size, classes.length],
            data: { location: "weights.bin", offset: 0, length: weights.length },
          },
        ],
      },
    });
  const tokens = { name: TOKENS, type: "int64", shape: ["N", "T", columns] } as const;
  const answer = graph(
    [node("ReduceSum", ["said", "one"], [LOGITS], { keepdims: attribute.int(0) })],
    [{ ...tokens, shape: [...tokens.shape] }],
    { name: LOGITS, shape: ["N", classes.length] },
  );
  const why = graph(
    [
      node("Mul", ["said", DIRECTION], ["directed"]),
      node("ReduceSum", ["directed", "two"], ["alone"]),
      node("Sub", ["alone", "alone"], ["pairs"]),
      node("Concat", ["alone", "pairs"], [CONTRIBUTIONS], { axis: attribute.int(2) }),
    ],
    [
      { ...tokens, shape: [...tokens.shape] },
      { name: DIRECTION, type: "float32", shape: [classes.length] },
    ],
    { name: CONTRIBUTIONS, shape: ["N", "T", columns] },
  );
  const vocabulary = Buffer.from(JSON.stringify(tokeniser));

  const listed = (file: string, bytes: Uint8Array) => ({
    file,
    bytes: bytes.length,
    sha256: createHash("sha256").update(bytes).digest("hex"),
  });
  const share = (value: number) => ({ value, low: value - 0.01, high: value + 0.01 });
  const logits = (text: string) =>
    classes.map((_, c) =>
      tokeniser.encode(text).reduce((sum, id) => sum + table[id * classes.length + c]!, 0),
    );
  const manifest: TextManifest = {
    format: 1,
    task: textTask,
    version,
    variant: "standard",
    network: "Words",
    created: "2026-01-01T00:00:00Z",
    title: { en: "Moods", zh: "心情" },
    classes,
    licence: { name: "MIT", nonCommercial: false, credit: "Weights written by hand for the browser tests." },
    input: {
      kind: "text",
      window: 200,
      grams: { longest: columns, buckets: 16 },
      vocabulary: listed("vocabulary.json", vocabulary),
    },
    temperature: 1,
    known: { threshold: 0.4, kept: share(0.98) },
    graphs: { wasm: listed("wasm.onnx", answer), why: listed("why.onnx", why) },
    weights: listed("weights.bin", weights),
    golden: ["The food was great!", "很慢"].map((text) => ({ text, wasm: logits(text) })),
    goldenTolerance: 1e-3,
    metrics: {
      split: "test",
      n: 900,
      top1: share(0.87),
      top5: share(1),
      macroF1: share(0.86),
      ece: 0.02,
      reliability: [
        { confidence: 0.45, accuracy: 0.4, count: 100 },
        { confidence: 0.75, accuracy: 0.77, count: 300 },
        { confidence: 0.96, accuracy: 0.95, count: 500 },
      ],
    },
  };
  const files = {
    "wasm.onnx": answer,
    "why.onnx": why,
    "weights.bin": weights,
    "vocabulary.json": vocabulary,
    "card.md": "# standard\n\nA table for the browser tests.\n",
    "manifest.json": JSON.stringify(manifest),
  };
  for (const [file, bytes] of Object.entries(files)) writeFileSync(join(target, file), bytes);
}

/** Pieces that join to the words: their beginnings, the shortest first, as if they had been learned so. */
function learned(): string[] {
  const pieces = new Set<string>([WORD, ..."abcdefghijklmnopqrstuvwxyz"]);
  for (const word of Object.keys(says)) {
    if (!/[a-z]/.test(word)) pieces.add(word);
    else for (let end = 1; end <= word.length; end++) pieces.add(WORD + word.slice(0, end));
  }
  return [...pieces];
}
