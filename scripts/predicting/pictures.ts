/** Answering what is on pictures. */

import { decodeImage } from "../../engine/data/image/decode.node.ts";
import { toTensor } from "../../engine/data/image/normalise.ts";
import { readPicture } from "../../engine/data/readPicture.ts";
import { NacreError } from "../../engine/errors.ts";
import { isKnown } from "../../engine/release/known.ts";
import { type Classifier, loadRelease } from "../../engine/release/load.ts";
import { softmax } from "../../engine/train/calibration.ts";
import { listPictures } from "../pictures.ts";
import type { Answering, Asked, Opinion } from "./kind.ts";

/** Pictures that are decoded at once and run through the network together. */
const batchSize = 4;

/** Answers files, folders of pictures, or a picture on stdin, as `Answer` says. */
export async function answerPictures(asked: Asked): Promise<Answering> {
  const classifier = await loadRelease(asked.folder, asked);
  const pictures = await listPictures(asked.inputs);
  if (pictures.length === 0) {
    throw new NacreError(
      "input",
      `There are no pictures in ${asked.inputs.join(", ")}. Name files or a folder that holds some.`,
    );
  }
  const { manifest } = classifier;
  return { manifest, count: pictures.length, unit: "pictures", opinions: opinionsOf(classifier, pictures) };
}

async function* opinionsOf(
  classifier: Classifier,
  pictures: readonly string[],
): AsyncGenerator<readonly Opinion[]> {
  try {
    for (let start = 0; start < pictures.length; start += batchSize)
      yield await classifyFiles(classifier, pictures.slice(start, start + batchSize));
  } finally {
    await classifier.dispose();
  }
}

/** For each file what the network thinks of it, or why it cannot be used. */
async function classifyFiles(classifier: Classifier, files: readonly string[]): Promise<Opinion[]> {
  const { manifest } = classifier;
  const { input, classes, temperature } = manifest;
  const tensors = await Promise.all(
    files.map(async (file) => {
      try {
        return toTensor(file === "-" ? await readStdin() : await readPicture(file), input);
      } catch (error) {
        if (error instanceof NacreError) return error;
        throw error;
      }
    }),
  );
  const usable = tensors.filter((tensor) => tensor instanceof Float32Array);
  const batch = new Float32Array(usable.length * 3 * input.size ** 2);
  for (const [i, tensor] of usable.entries()) batch.set(tensor, i * tensor.length);
  const opinions = usable.length > 0 ? await classifier.classify(batch, usable.length) : undefined;
  let row = 0;
  return files.map((name, i) => {
    const tensor = tensors[i]!;
    if (tensor instanceof NacreError) return { name, answer: tensor };
    const { logits, familiarity } = opinions!;
    const own = logits.slice(row * classes.length, (row + 1) * classes.length);
    const known = isKnown(manifest, familiarity?.[row]);
    row++;
    return { name, answer: { probabilities: softmax(own, temperature), known } };
  });
}

async function readStdin() {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk);
  return decodeImage(Buffer.concat(chunks), "stdin");
}
