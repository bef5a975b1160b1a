import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { encodeWav } from "../../engine/data/audio/wav.ts";
import { newWeights, writeShapes } from "../../engine/train/shapes.fixture.ts";
import { writeWeights } from "../../engine/train/weightsFile.ts";
import type { RunRecord } from "../run.ts";
import { KINDS } from "./index.ts";
import type { Prepared, Wishes } from "./kind.ts";

const folder = mkdtempSync(join(tmpdir(), "nacre-corrected-"));
const inFolder = (path: string) => join(folder, path);

function write(path: string, content: string | Uint8Array): void {
  mkdirSync(dirname(inFolder(path)), { recursive: true });
  writeFileSync(inFolder(path), content);
}

const tone = (period: number) =>
  encodeWav({ rate: 16_000, samples: Float32Array.from({ length: 16_000 }, (_, t) => Math.sin(t / period)) });

beforeAll(async () => {
  await writeShapes(inFolder("image"), 6);
  await writeShapes(inFolder("image-corrections"), 1, ["circle", "square"]);
  cpSync(inFolder("image-corrections/circle"), inFolder("image-corrections/.none"), { recursive: true });
  await writeWeights(inFolder("start.safetensors"), newWeights("mobilenetv2"));
  for (const word of ["high", "low"])
    for (let i = 0; i < 6; i++) write(`sound/${word}/${i}.wav`, tone(word === "low" ? 20 + i : 5 + i / 9));
  write("sound-corrections/low/a.wav", tone(23.5));
  write("sound-corrections/high/b.wav", tone(5.5));
  const rows = Array.from({ length: 20 }, (_, i) =>
    i % 2 ? `awful day ${i}\tbad` : `lovely day ${i}\tgood`,
  );
  write("text/all.tsv", ["text\tlabel", ...rows].join("\n"));
  write("text-corrections/good/a.tsv", "text\tlabel\n<b>sick</b> beat\tgood\n");
  write("text-corrections/bad/b.tsv", "text\tlabel\noh great, rain\tbad\n");
  write("text-corrections/.none/c.tsv", "text\tlabel\n12345\t\n");
});
afterAll(() => rmSync(folder, { recursive: true }));

const init = { image: "start.safetensors", sound: "nothing", text: "nothing" };
const network = { image: "mobilenetv2", sound: "convgru", text: "text-lstm" };
const more = { image: "circle/more.png", sound: "low/more.wav", text: "good/more.tsv" };

describe.each(["image", "sound", "text"] as const)("%s", (kind) => {
  const prepare = (corrections?: Wishes["corrections"], earlier?: Prepared): Promise<Prepared> =>
    KINDS[kind]!.prepare(
      {
        ...{ task: "some-shapes", data: inFolder(kind), seed: 1, network: network[kind], freeze: [] },
        init: init[kind] === "nothing" ? "nothing" : inFolder(init[kind]),
        corrections,
      },
      earlier as unknown as RunRecord | undefined,
    );

  test("corrections are learnt from beside the data, and the run says so", async () => {
    const own = await prepare();
    const all = await prepare({ folder: inFolder(`${kind}-corrections`) });
    const count = ({ summary }: Prepared) => Number(/^\d+/.exec(summary));
    expect(count(all)).toBe(count(own) + 2); // what is none of the classes is left out
    expect([own.summary, all.summary]).toEqual([
      expect.not.stringContaining("corrections"),
      expect.stringContaining(", 2 of them corrections"),
    ]);
    expect(own.corrections).toBeUndefined();
    expect(all.corrections?.files).toHaveLength(2);
    expect(all.fingerprint).not.toBe(own.fingerprint);

    // A run that goes on leaves alone what was accepted since it began, and misses what is gone.
    const [first] = all.corrections!.files;
    const added = inFolder(`${kind}-corrections/${more[kind]}`);
    cpSync(join(all.corrections!.folder, first!), added);
    expect((await prepare(all.corrections, all)).fingerprint).toBe(all.fingerprint);
    expect((await prepare({ folder: inFolder(`${kind}-corrections`) })).fingerprint).not.toBe(
      all.fingerprint,
    );
    rmSync(join(all.corrections!.folder, first!));
    await expect(prepare(all.corrections, all)).rejects.toThrow(
      /1 of the corrections that the run began with are gone\. Put them back/,
    );
  });
});
