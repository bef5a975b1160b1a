/** Answering what is on pictures. */

import { decodeImage } from "../../engine/data/image/decode.node.ts";
import { toTensor } from "../../engine/data/image/normalise.ts";
import { readPicture } from "../../engine/data/readPicture.ts";
import { NacreError } from "../../engine/errors.ts";
import { judgePictures } from "../../engine/release/judgePictures.ts";
import { type Classifier, loadRelease } from "../../engine/release/load.ts";
import type { Opinion } from "../../engine/release/opinion.ts";
import { listPictures } from "../pictures.ts";
import type { Answering, Asked } from "./kind.ts";

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
  const { input } = classifier.manifest;
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
  const judgements = (await judgePictures(classifier, usable)).values();
  return files.map((name, i) => {
    const tensor = tensors[i]!;
    return { name, answer: tensor instanceof NacreError ? tensor : judgements.next().value! };
  });
}

async function readStdin() {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk);
  return decodeImage(Buffer.concat(chunks), "stdin");
}
