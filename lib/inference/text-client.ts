import type { TextManifest } from "../../engine/release/manifest.ts";
import type { DeviceSwitches, ModelState } from "./protocol.ts";
import type { TextProblem, TextReport, TextRequest, TextTask, TextTasks } from "./text-protocol.ts";

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
export interface TextClient {
  /** Has something done; waits as long as there is no model. Rejects with a TextTaskError where it cannot be done. */
  ask<T extends TextTask>(
    task: T,
    asks: TextTasks[T]["asks"],
    options?: TextAskOptions<T>,
  ): Promise<TextTasks[T]["gives"]>;
  pause(): void;
  resume(): void;
  /** Stops everything at once. What was asked for rejects with an AbortError, no report follows. */
  close(): void;
}

/** What the client tells unasked. */
export interface TextClientEvents {
  onModel(state: ModelState): void;
  /** So many more bytes left the worker in request bodies. */
  onSent(bytes: number): void;
}

/** Somebody who asked; what task it was is known at the place where it was asked. */
interface Waiting {
  onPart(part: unknown): void;
  resolve(result: unknown): void;
  reject(reason: unknown): void;
}

/** Starts a worker that loads the release. */
export function openTextClient(
  manifest: TextManifest,
  switches: DeviceSwitches,
  { onModel, onSent }: TextClientEvents,
): TextClient {
  const worker = new Worker(new URL("./text-worker.ts", import.meta.url), { type: "module" });
  const post = (request: TextRequest) => worker.postMessage(request);
  const resume = () => post({ kind: "resume" });
  const waiting = new Map<number, Waiting>();
  let asked = 0;

  worker.onmessage = ({ data: report }: MessageEvent<TextReport>) => {
    switch (report.kind) {
      case "model":
        return onModel(report.state);
      case "sent":
        return onSent(report.bytes);
      case "tells":
        return waiting.get(report.id)?.onPart(report.part);
      case "gives":
        waiting.get(report.id)?.resolve(report.result);
        break;
      case "problem":
        waiting.get(report.id)?.reject(new TextTaskError(report.problem));
    }
    waiting.delete(report.id);
  };
  // The worker's own code could not be loaded or broke: nothing in it can report that.
  worker.onerror = () => onModel({ phase: "failed", problem: { kind: "unexpected" } });
  addEventListener("online", resume);
  post({ kind: "open", manifest, switches });

  return {
    async ask<T extends TextTask>(
      task: T,
      asks: TextTasks[T]["asks"],
      { signal, onPart = () => undefined }: TextAskOptions<T> = {},
    ) {
      signal?.throwIfAborted();
      const id = ++asked;
      post({ kind: "ask", id, task, asks } as TextRequest);
      const result = new Promise((resolve, reject) =>
        waiting.set(id, { onPart: onPart as Waiting["onPart"], resolve, reject }),
      );
      signal?.addEventListener("abort", () => {
        if (!waiting.has(id)) return;
        post({ kind: "cancel", id });
        waiting.get(id)?.reject(signal.reason);
        waiting.delete(id);
      });
      return result as Promise<TextTasks[T]["gives"]>;
    },
    pause: () => post({ kind: "pause" }),
    resume,
    close() {
      removeEventListener("online", resume);
      worker.terminate();
      const reason = new DOMException("The model was put away.", "AbortError");
      for (const { reject } of waiting.values()) reject(reason);
    },
  };
}
