import { SoundError } from "../../../engine/data/audio/admission.ts";
import type { Sound } from "../../../engine/data/audio/sound.ts";
import { decodeWavPieces } from "../../../engine/data/audio/wav.ts";
import { judgeRecording } from "../../../engine/release/judgeRecording.ts";
import { loadSoundRelease } from "../../../engine/release/loadSound.ts";
import type { Opinion } from "../../../engine/release/opinion.ts";
import type { Answerer } from "./answerer.ts";
import { expectKind } from "./expect-kind.ts";
import { RECORDING_SECONDS } from "./limits.ts";
import { MicroBatches } from "./micro-batches.ts";

/** Clips that are heard at once. Measured: eight together take 0.6 of the time that they take one by one. */
const AT_ONCE = 8;

/** Loads a release that listens. Throws NacreError("weights") where it cannot be used. */
export async function loadSoundAnswerer(folder: string): Promise<Answerer> {
  const classifier = await loadSoundRelease(folder, { spinning: false });
  const { manifest } = classifier;
  const { classes, input } = manifest;
  const hearing = new MicroBatches(async (clips: readonly Float32Array[]) => {
    const batch = new Float32Array(clips.length * input.samples);
    for (const [n, clip] of clips.entries()) batch.set(clip, n * input.samples);
    const logits = await classifier.classify(batch, clips.length);
    return clips.map((_, n) => logits.slice(n * classes.length, (n + 1) * classes.length));
  }, AT_ONCE);
  const together = { manifest, classify: (clip: Float32Array) => hearing.answer(clip) };
  return {
    manifest,
    async answer({ name, content }) {
      await expectKind({ name, content }, "sound");
      const opinions: Opinion[] = [];
      const pieces = shortEnough(decodeWavPieces(content, name), name);
      for await (const heard of judgeRecording(together, name, pieces)) opinions.push(heard);
      return opinions;
    },
    dispose: () => classifier.dispose(),
  };
}

/** Throws a SoundError where a recording turns out too long, before what is too much is listened to. */
async function* shortEnough(pieces: AsyncIterable<Sound>, name: string): AsyncGenerator<Sound> {
  let seconds = 0;
  for await (const piece of pieces) {
    seconds += piece.samples.length / piece.rate;
    if (seconds > RECORDING_SECONDS)
      throw new SoundError(name, {
        ...{ kind: "tooLong", minutes: Math.ceil(seconds / 60), limit: RECORDING_SECONDS / 60 },
      });
    yield piece;
  }
}
