/** The worker behind the pages for sound: it downloads the model, reads recordings, listens and runs the network. */

import type { SoundManifest } from "../../engine/release/manifest.ts";
import { meterUploads } from "../privacy/upload-meter.ts";
import { hearing, wordIn } from "../sound/hearing.ts";
import { LiveStream } from "./live-stream.ts";
import { type Model, openModel } from "./model.ts";
import { oneAtATime } from "./one-at-a-time.ts";
import { soundProblem } from "./problems.ts";
import { recognise } from "./recognise.ts";
import { openSoundClassifier, type SoundClassifier } from "./sound-classifier.ts";
import type { SoundReport, SoundRequest } from "./sound-protocol.ts";

const scope = self as unknown as DedicatedWorkerGlobalScope;
const tell = (report: SoundReport) => scope.postMessage(report);

meterUploads(scope, (bytes) => tell({ kind: "sent", bytes }));

type Question = Extract<SoundRequest, { kind: "recognise" }>;

/** One thread is as quick as several for so small a network, and leaves the others to the page. */
const threads = 1;

let manifest: SoundManifest | undefined;
let model: Model<SoundClassifier> | undefined;
let stream: LiveStream | undefined;
/** The ids of the recordings that somebody waits for. */
const wanted = new Set<number>();
const inTurn = oneAtATime();
const recordings = oneAtATime();

scope.onmessage = ({ data: request }: MessageEvent<SoundRequest>) => {
  switch (request.kind) {
    case "open":
      manifest = request.manifest;
      model = openModel(
        manifest,
        { device: "wasm", threads: request.switches.threads ?? threads },
        (state) => tell({ kind: "model", state }),
        openSoundClassifier,
      );
      break;
    case "pause":
      model?.pause();
      break;
    case "resume":
      model?.resume();
      break;
    case "recognise":
      wanted.add(request.id);
      void recordings(() => answer(request));
      break;
    case "cancel":
      wanted.delete(request.id);
      break;
    case "listen":
      stream?.end();
      stream = listen(request);
      break;
    case "samples":
      stream?.push(request.samples);
      break;
    case "threshold":
      if (stream !== undefined) stream.threshold = request.threshold;
      break;
    case "hush":
      stream?.end();
      stream = undefined;
      break;
  }
};

/** Follows a microphone; until there is a model, its sound is only drawn. */
function listen({ rate, threshold }: Extract<SoundRequest, { kind: "listen" }>): LiveStream | undefined {
  if (manifest === undefined || model === undefined) return undefined;
  const opened = new LiveStream({
    ...hearing(manifest),
    deviceRate: rate,
    classify: undefined,
    onSlices: (slices) => tell({ kind: "slices", slices }),
    onStep: (heard) => tell({ kind: "heard", heard }),
  });
  opened.threshold = threshold;
  model.classifier().then(
    (classifier) => opened.answerBy((clip) => inTurn(() => classifier.classify(clip))),
    () => undefined, // the model's state tells why there is none
  );
  return opened;
}

/** Nobody waits for the recording any more. */
class Unwanted extends Error {}

/** Answers for one recording, or says what is wrong with it; one that nobody waits for gets no answer. */
async function answer({ id, recording, name }: Question): Promise<void> {
  const release = manifest;
  if (release === undefined || model === undefined || !wanted.has(id)) return;
  const classifier = await model.classifier().catch(() => undefined);
  if (classifier === undefined) return;
  try {
    const said = await recognise(recording, name, {
      ...hearing(release),
      classify: (clip) => inTurn(() => classifier.classify(clip)),
      wordOf: (probabilities) => wordIn(release, probabilities),
      onProgress(share) {
        if (!wanted.has(id)) throw new Unwanted();
        tell({ kind: "progress", id, share });
      },
    });
    if (wanted.has(id)) tell({ kind: "outcome", id, outcome: { kind: "answer", answer: said } });
  } catch (error) {
    if (wanted.has(id) && !(error instanceof Unwanted)) {
      tell({ kind: "outcome", id, outcome: { kind: "problem", problem: soundProblem(error, name) } });
    }
  }
  wanted.delete(id);
}
