/** The worker behind the page: it downloads the model, reads pictures and runs the network. */

import { decodeImage } from "../../engine/data/image/decode.web.ts";
import { toTensor } from "../../engine/data/image/normalise.ts";
import type { Manifest } from "../../engine/release/manifest.ts";
import { meterUploads } from "../privacy/upload-meter.ts";
import { type Model, openModel } from "./model.ts";
import { pictureProblem } from "./problems.ts";
import type { Answer, Report, Request } from "./protocol.ts";

const scope = self as unknown as DedicatedWorkerGlobalScope;
const tell = (report: Report) => scope.postMessage(report);

meterUploads(scope, (bytes) => tell({ kind: "sent", bytes }));

let model: Model | undefined;
let input: Manifest["input"] | undefined;
let latest = 0;

scope.onmessage = ({ data: request }: MessageEvent<Request>) => {
  switch (request.kind) {
    case "open":
      input = request.manifest.input;
      model = openModel(request.manifest, request.switches, (state) => tell({ kind: "model", state }));
      break;
    case "pause":
      model?.pause();
      break;
    case "resume":
      model?.resume();
      break;
    case "classify":
      latest = request.id;
      void answer(request.id, request.picture, request.name);
      break;
  }
};

/** Answers for one picture, or says what is wrong with it; a picture that a later one overtook gets no answer. */
async function answer(id: number, picture: Blob, name: string): Promise<void> {
  if (model === undefined || input === undefined) return;
  try {
    const start = performance.now();
    const pixels = await decodeImage(picture, name);
    const tensor = toTensor(pixels, input);
    const readMs = performance.now() - start;
    const result = await classify(id, model, tensor);
    if (result === undefined) return;
    tell({ kind: "answer", id, answer: { ...result, readMs, width: pixels.width, height: pixels.height } });
  } catch (error) {
    tell({ kind: "problem", id, problem: pictureProblem(error, name) });
  }
}

/** Waits for the model. Should the graphics card fail, the processor takes over and the picture goes there. */
async function classify(
  id: number,
  from: Model,
  tensor: Float32Array,
): Promise<Pick<Answer, "probabilities" | "networkMs"> | undefined> {
  for (;;) {
    const pending = from.classifier();
    const classifier = await pending.catch(() => undefined); // the model's state tells why there is none
    if (classifier === undefined || id !== latest) return undefined;
    const start = performance.now();
    try {
      const probabilities = await classifier.classify(tensor);
      return { probabilities, networkMs: performance.now() - start };
    } catch (error) {
      from.abandonGpu();
      if (from.classifier() === pending) throw error;
    }
  }
}
