import type { TextManifest } from "../../engine/release/manifest.ts";
import { type ModelClient, type ModelEvents, openModelWorker } from "./model-worker.ts";
import type { DeviceSwitches } from "./protocol.ts";
import type { TextProblem, TextRequest, TextTask, TextTasks, TextVerdict } from "./text-protocol.ts";

/** What came in the way of a task, as a record that the page can put into words. */
export class TextTaskError extends Error {
  readonly problem: TextProblem;

  constructor(problem: TextProblem) {
    super(problem.kind);
    this.problem = problem;
  }
}

export interface TextAskOptions<T extends TextTask> {
  /** Ends the wait: the promise rejects with its reason, and the worker drops the task. */
  readonly signal?: AbortSignal;
  /** Hears what becomes known on the way. */
  readonly onPart?: (part: TextTasks[T]["tells"]) => void;
}

/** The page's end of a worker that holds one release for texts. */
export interface TextClient extends ModelClient {
  /** Has something done; waits as long as there is no model. Rejects with a TextTaskError where it cannot be done. */
  ask<T extends TextTask>(
    task: T,
    asks: TextTasks[T]["asks"],
    options?: TextAskOptions<T>,
  ): Promise<TextTasks[T]["gives"]>;
}

/** Starts a worker that loads the release. */
export function openTextClient(
  manifest: TextManifest,
  switches: DeviceSwitches,
  events: ModelEvents,
): TextClient {
  const worker = openModelWorker<TextManifest, TextRequest, TextVerdict>(
    new Worker(new URL("./text-worker.ts", import.meta.url), { type: "module" }),
    manifest,
    switches,
    events,
  );
  return {
    ...worker,
    ask<T extends TextTask>(
      task: T,
      asks: TextTasks[T]["asks"],
      { signal, onPart = () => undefined }: TextAskOptions<T> = {},
    ) {
      return worker.ask<TextTasks[T]["gives"]>(
        (id) => ({ kind: "ask", id, task, asks }) as TextRequest,
        (report, { resolve, reject }) => {
          if (report.kind === "tells") onPart(report.part as TextTasks[T]["tells"]);
          else if (report.kind === "gives") resolve(report.result as TextTasks[T]["gives"]);
          else reject(new TextTaskError(report.problem));
        },
        { signal },
      );
    },
  };
}
