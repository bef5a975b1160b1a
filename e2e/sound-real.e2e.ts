import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { decodeWav } from "../engine/data/audio/wav.ts";
import { hearing } from "./fake-microphone.ts";
import { SoundPage } from "./sound-page.ts";

const recordings = "../shared/data/commands/test";
const words = ["yes", "up", "left", "right", "stop", "go"];
const missing = !existsSync(recordings)
  ? `${recordings} is not here`
  : !existsSync("models/commands/releases")
    ? "no release for commands"
    : undefined;

/** A recording of each word by somebody whom the model has never heard, with a second between them. */
function spokenWords(): Float32Array {
  const clips = words.map((word) => {
    const folder = join(recordings, word);
    const name = readdirSync(folder).sort()[0]!;
    return decodeWav(readFileSync(join(folder, name)), name).samples;
  });
  const samples = new Float32Array(clips.reduce((sum, { length }) => sum + length + 16_000, 16_000));
  let at = 16_000;
  for (const clip of clips) {
    samples.set(clip, at);
    at += clip.length + 16_000;
  }
  return samples;
}

test.use({
  launchOptions: hearing("people", missing ? new Float32Array(16_000) : spokenWords()),
  permissions: ["microphone"],
});

test("people's words are heard live by the released model", async ({ page }) => {
  if (missing) console.warn(`Skipped: ${missing}.`);
  test.skip(missing !== undefined, missing);
  const view = new SoundPage(page);
  await view.open("commands");
  await view.untilReady();
  await view.choose(/^Listen live$/);
  await page.getByRole("button", { name: "Start listening" }).click();
  const heard = new Set<string>();
  await expect
    .poll(async () => {
      for (const word of await page.getByRole("cell").allTextContents()) {
        if (words.includes(word.toLowerCase())) heard.add(word);
      }
      return heard.size;
    })
    .toBeGreaterThanOrEqual(words.length - 1);
});
