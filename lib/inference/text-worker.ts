/** The worker behind the pages for texts: it downloads the model, reads texts and tables and runs the network. */

import { meterUploads } from "../privacy/upload-meter.ts";
import { type Model, openModel } from "./model.ts";
import { oneAtATime } from "./one-at-a-time.ts";
import { openTextClassifier, type TextClassifier } from "./text-classifier.ts";
import { type Job, type TextJobs, textJobs } from "./text-jobs.ts";
import { textProblem } from "./text-problem.ts";
import type { TextReport, TextRequest, TextTask } from "./text-protocol.ts";

const scope = self as unknown as DedicatedWorkerGlobalScope;
const tell = (report: TextReport) => scope.postMessage(report);

meterUploads(scope, (bytes) => tell({ kind: "sent", bytes }));

/** One thread is as quick as several for a recurrent network, and leaves the others to the page. */
const threads = 1;

let model: Model<TextClassifier> | undefined;
let jobs: TextJobs | undefined;
/** What the table was called that was opened last. */
let tableName = "";
/** The ids of the jobs that somebody waits for. */
const wanted = new Set<number>();
const inTurn = oneAtATime();

scope.onmessage = ({ data: request }: MessageEvent<TextRequest>) => {
  switch (request.kind) {
    case "open": {
      const opened = openModel(
        request.manifest,
        { device: "wasm", threads: request.switches.threads ?? threads },
        (state) => tell({ kind: "model", state }),
        openTextClassifier,
      );
      model = opened;
      jobs = textJobs(request.manifest, async () => {
        const classifier = await opened.classifier();
        return {
          classify: (texts) => inTurn(() => classifier.classify(texts)),
          read: (stretches, breathe) => inTurn(() => classifier.read(stretches, breathe)),
          explain: (text, index) => inTurn(() => classifier.explain(text, index)),
        };
      });
      break;
    }
    case "pause":
      model?.pause();
      break;
    case "resume":
      model?.resume();
      break;
    case "ask":
      wanted.add(request.id);
      if (request.task === "openTable") tableName = request.asks.file.name;
      void work(request);
      break;
    case "cancel":
      wanted.delete(request.id);
      break;
  }
};

/** Nobody waits for the job any more. */
class Unwanted extends Error {}

async function work({ id, task, asks }: Extract<TextRequest, { kind: "ask" }>): Promise<void> {
  if (jobs === undefined) return;
  const job = {
    asks,
    tell(part) {
      if (wanted.has(id)) tell({ kind: "tells", id, part });
    },
    async breathe() {
      // A run in WASM only pretends to be asynchronous: messages wait for a task of their own.
      await new Promise((resolve) => setTimeout(resolve));
      if (!wanted.has(id)) throw new Unwanted();
    },
  } as Job<TextTask>;
  try {
    const result = await (jobs[task] as (job: Job<TextTask>) => ReturnType<TextJobs[TextTask]>)(job);
    if (wanted.has(id)) tell({ kind: "gives", id, result });
  } catch (error) {
    if (wanted.has(id) && !(error instanceof Unwanted)) {
      tell({ kind: "problem", id, problem: textProblem(error, tableName) });
    }
  }
  wanted.delete(id);
}
