import { SoundError } from "../../../engine/data/audio/admission.ts";
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
      await expectShort(content, name);
      const opinions: Opinion[] = [];
      for await (const heard of judgeRecording(together, name, decodeWavPieces(content, name)))
        opinions.push(heard);
      return opinions;
    },
    dispose: () => classifier.dispose(),
  };
}

/** Throws a SoundError where a recording is too long or damaged, before it is listened to, which takes much longer. */
async function expectShort(content: Blob, name: string): Promise<void> {
  let seconds = 0;
  for await (const { samples, rate } of decodeWavPieces(content, name)) {
    seconds += samples.length / rate;
    if (seconds <= RECORDING_SECONDS) continue;
    const [minutes, limit] = [Math.ceil(seconds / 60), RECORDING_SECONDS / 60];
    throw new SoundError(name, { kind: "tooLong", minutes, limit });
  }
}
