import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import sharp from "sharp";
import { afterAll, expect, test } from "vitest";
import { drawDigits } from "../engine/data/digits.ts";
import { Rng } from "../engine/random.ts";
import { start } from "./program.fixture.ts";
import { findRelease } from "./tasks.ts";

const folder = mkdtempSync(join(tmpdir(), "nacre-doctor-"));
afterAll(() => rmSync(folder, { recursive: true }));

test("a tenth of drawn digits in wrong folders is found by what a release sees in them", async () => {
  const { inputs, labels } = drawDigits(600, new Rng(1));
  const rng = new Rng(2);
  let wrong = 0;
  for (const [i, truth] of labels.entries()) {
    const given = rng.chance(0.1) ? (truth + 1 + rng.integer(9)) % 10 : truth;
    if (given !== truth) wrong++;
    const gray = Uint8Array.from(inputs.subarray(i * 784, (i + 1) * 784), (ink) =>
      Math.round(255 * Math.min(1, Math.max(0, 1 - ink))),
    );
    mkdirSync(join(folder, String(given)), { recursive: true });
    const picture = sharp(gray, { raw: { width: 28, height: 28, channels: 1 } }).resize(112);
    await picture.png().toFile(join(folder, String(given), `${truth}-${i}.png`));
  }
  const release = await findRelease("instruments", "light");
  const args = [folder, "--json", "--network", "mobilenetv2", "--init", release];
  const { code, out } = await start("doctor", args, folder).ended;
  expect(code).toBe(0);
  const { suspects } = JSON.parse(out).labels as { suspects: { file: string; class: string }[] };
  const right = suspects.filter((suspect) => !basename(suspect.file).startsWith(`${suspect.class}-`));
  console.log(`recall ${right.length / wrong}, precision ${right.length / suspects.length}`);
  expect(right.length / wrong).toBeGreaterThanOrEqual(0.7);
  expect(right.length / suspects.length).toBeGreaterThan(0.4);
});
