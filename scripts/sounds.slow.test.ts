import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { encodeWav } from "../engine/data/audio/wav.ts";
import { Rng } from "../engine/random.ts";
import { type Ended, start } from "./program.fixture.ts";

// Words of one's own, from recordings to answers, as a person goes about it.

const folder = mkdtempSync(join(tmpdir(), "nacre-words-"));
const rate = 8_000;

/** A "word" is a tone that rises or falls; other words go up and down. */
function recording(word: string, seed: number, seconds = 0.8): Uint8Array {
  const rng = new Rng(seed);
  const [from, slope] = [rng.uniform(0.15, 0.3), rng.uniform(0.6, 1)];
  let angle = 0;
  const samples = Float32Array.from({ length: seconds * rate }, (_, t) => {
    const share = t / (seconds * rate);
    const course = { rise: share, fall: 1 - share, _unknown_: Math.abs(2 * share - 1) }[word]!;
    angle += from * (1 + 2 * slope * course);
    return 0.3 * Math.sin(Math.PI * share) * Math.sin(angle) + 0.003 * rng.normal();
  });
  return encodeWav({ samples, rate });
}

beforeAll(() => {
  mkdirSync(join(folder, "models"));
  for (const word of ["rise", "fall", "_unknown_"]) {
    mkdirSync(join(folder, "data", word), { recursive: true });
    for (let i = 0; i < 40; i++) writeFileSync(join(folder, "data", word, `${i}.wav`), recording(word, i));
  }
  const steps = { network: undefined, batch: 8, average: undefined, impostors: 0 };
  writeFileSync(join(folder, "quick.json"), JSON.stringify(steps));
  mkdirSync(join(folder, "new"));
  writeFileSync(join(folder, "new", "rise.wav"), recording("rise", 1_000));
  writeFileSync(join(folder, "new", "text.wav"), "not sound");
});
afterAll(() => rmSync(folder, { recursive: true }));

const run = (name: string, ...args: string[]): Promise<Ended> => start(name, args, folder).ended;

test("a folder of recordings becomes a release that listens, can be measured, and answers", async () => {
  const options = ["--data", "data", "--config", "quick.json", "--epochs", "6", "--threads", "1"];
  const trained = await run("train", "tones", ...options);
  expect(trained, trained.err).toMatchObject({ code: 0 });
  expect(trained.err).toContain("convgru on 96 recordings of 3 classes");
  const release = trained.out.trim();
  const manifest = JSON.parse(readFileSync(join(release, "manifest.json"), "utf8"));
  expect(manifest.input).toMatchObject({ kind: "sound", rate: 16_000, samples: 16_000, unknown: "unknown" });
  expect(manifest.listening.curve.length).toBeGreaterThan(5);

  const measured = await run("evaluate", "tones", "--data", "data", "--json", "--threads", "1");
  const { top1, n, unknownAccepted } = JSON.parse(measured.out);
  expect(n).toBe(12);
  expect(top1).toBeGreaterThan(0.5);
  expect(unknownAccepted).toBeGreaterThanOrEqual(0);

  const answers = await run("predict", "tones", "new", "--json", "--threads", "1");
  expect(answers.code).toBe(3);
  expect(answers.err).toContain("text.wav is not a recording that can be read");
  const [rise, text] = answers.out
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(rise.predictions).toHaveLength(3);
  expect(text.error).toContain("text.wav");
}, 600_000);
