import { decodeImage } from "../../../engine/data/image/decode.node.ts";
import { toTensor } from "../../../engine/data/image/normalise.ts";
import { judgePictures } from "../../../engine/release/judgePictures.ts";
import { loadRelease } from "../../../engine/release/load.ts";
import type { Answerer } from "./answerer.ts";
import { expectKind } from "./expect-kind.ts";
import type { Input } from "./inputs.ts";
import { PICTURE_PIXELS } from "./limits.ts";
import { MicroBatches } from "./micro-batches.ts";

/** Pictures that are decoded at once: each may take hundreds of MB, and the decoder uses several threads itself. */
const DECODED_AT_ONCE = 2;

/** Loads a release that looks at pictures. Throws NacreError("weights") where it cannot be used. */
export async function loadPictureAnswerer(folder: string): Promise<Answerer> {
  const classifier = await loadRelease(folder, { spinning: false });
  const { manifest } = classifier;
  const tensorOf = async (input: Input) => {
    await expectKind(input, "image");
    const bytes = new Uint8Array(await input.content.arrayBuffer());
    return toTensor(await decodeImage(bytes, input.name, { pixels: PICTURE_PIXELS }), manifest.input);
  };
  const decoding = new MicroBatches(
    (inputs: readonly Input[]) => Promise.allSettled(inputs.map(tensorOf)),
    DECODED_AT_ONCE,
  );
  // Measured on both networks: pictures together cost what they cost one by one, and hold the thread for longer.
  const looking = new MicroBatches(
    (tensors: readonly Float32Array[]) => judgePictures(classifier, tensors),
    1,
  );
  return {
    manifest,
    async answer(input) {
      const decoded = await decoding.answer(input);
      if (decoded.status === "rejected") throw decoded.reason;
      return [{ name: input.name, answer: await looking.answer(decoded.value) }];
    },
    dispose: () => classifier.dispose(),
  };
}
