/** The worker behind the page: it downloads the model, reads pictures and runs the network. */

import { decodeImage, readPixels } from "../../engine/data/image/decode.web.ts";
import { type ImageInput, toTensor } from "../../engine/data/image/normalise.ts";
import type { Pixels } from "../../engine/data/image/pixels.ts";
import { meterUploads } from "../privacy/upload-meter.ts";
import { type Classifier, openClassifier } from "./classifier.ts";
import { type Model, openModel } from "./model.ts";
import { oneAtATime } from "./one-at-a-time.ts";
import { pictureProblem } from "./problems.ts";
import type { Answer, Opinion, Question, Report, Request } from "./protocol.ts";
import { thumbnailOf } from "./thumbnail.ts";

const scope = self as unknown as DedicatedWorkerGlobalScope;
const tell = (report: Report) => scope.postMessage(report);

meterUploads(scope, (bytes) => tell({ kind: "sent", bytes }));

let model: Model<Classifier> | undefined;
let input: ImageInput | undefined;
/** The ids of the pictures that somebody waits for. */
const wanted = new Set<number>();
const inTurn = oneAtATime();

scope.onmessage = ({ data: request }: MessageEvent<Request>) => {
  switch (request.kind) {
    case "open":
      input = request.manifest.input;
      model = openModel(
        request.manifest,
        request.switches,
        (state) => tell({ kind: "model", state }),
        openClassifier,
      );
      break;
    case "pause":
      model?.pause();
      break;
    case "resume":
      model?.resume();
      break;
    case "classify":
      wanted.add(request.id);
      void answer(request);
      break;
    case "cancel":
      wanted.delete(request.id);
      break;
  }
};

/** Answers for one picture, or says what is wrong with it; a picture that nobody waits for gets no answer. */
async function answer(question: Question): Promise<void> {
  if (model === undefined || input === undefined) return;
  const { id, name } = question;
  try {
    const { tensor, ...picture } = await read(question, input);
    const result = await classify(id, model, tensor);
    if (result !== undefined && wanted.has(id)) {
      tell({ kind: "outcome", id, outcome: { kind: "answer", answer: { ...picture, ...result } } });
    }
  } catch (error) {
    if (wanted.has(id)) {
      tell({ kind: "outcome", id, outcome: { kind: "problem", problem: pictureProblem(error, name) } });
    }
  }
  wanted.delete(id);
}

/** Decodes a picture and scales it; its pixels, the only large thing, are let go of before the model is awaited. */
async function read(
  { picture, name, thumbnail }: Question,
  input: ImageInput,
): Promise<{ tensor: Float32Array } & Pick<Answer, "readMs" | "width" | "height" | "thumbnail">> {
  const start = performance.now();
  const pixels = picture instanceof ImageBitmap ? readFrame(picture) : await decodeImage(picture, name);
  const tensor = toTensor(pixels, input);
  const readMs = performance.now() - start;
  const { width, height } = pixels;
  return { tensor, readMs, width, height, ...(thumbnail && { thumbnail: await thumbnailOf(pixels) }) };
}

function readFrame(frame: ImageBitmap): Pixels {
  const pixels = readPixels(frame);
  frame.close();
  return pixels;
}

/** Waits for the model. Should the graphics card fail, the processor takes over and the picture goes there. */
async function classify(
  id: number,
  from: Model<Classifier>,
  tensor: Float32Array,
): Promise<(Opinion & Pick<Answer, "networkMs">) | undefined> {
  for (;;) {
    const pending = from.classifier();
    const classifier = await pending.catch(() => undefined); // the model's state tells why there is none
    if (classifier === undefined || !wanted.has(id)) return undefined;
    try {
      return await inTurn(async () => {
        const start = performance.now();
        const opinion = await classifier.classify(tensor);
        return { ...opinion, networkMs: performance.now() - start };
      });
    } catch (error) {
      from.abandonGpu();
      if (from.classifier() === pending) throw error;
    }
  }
}
