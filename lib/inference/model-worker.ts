import type { Manifest } from "../../engine/release/manifest.ts";
import type { DeviceSwitches, ModelReport, ModelRequest, ModelState } from "./protocol.ts";

/** The page's end of a worker that holds one release, whatever that takes. */
export interface ModelClient {
  pause(): void;
  resume(): void;
  /** Stops everything at once. What was asked for rejects with an AbortError, no report follows. */
  close(): void;
}

/** What a client tells unasked. */
export interface ModelEvents {
  onModel(state: ModelState): void;
  /** So many more bytes left the worker in request bodies. */
  onSent(bytes: number): void;
}

/** How a question comes to its end, once. */
export interface Settle<Result> {
  resolve(result: Result): void;
  reject(reason: unknown): void;
}

/** A worker that holds a release, with the questions that wait for their answers. */
export interface ModelWorker<Request, Answering> extends ModelClient {
  post(request: Request, transfer?: Transferable[]): void;
  /**
   * Puts a question, made of the id that it gets. `hear` is told of each report with that id until it settles the
   * question. The signal ends the wait: the promise rejects with its reason, and the worker drops the question.
   */
  ask<Result>(
    question: (id: number) => Request,
    hear: (report: Answering, settle: Settle<Result>) => void,
    options?: { readonly signal?: AbortSignal; readonly transfer?: Transferable[] },
  ): Promise<Result>;
}

interface Waiting<Answering> {
  hear(report: Answering): void;
  reject(reason: unknown): void;
}

/** Has a worker open a release. Reports that are no answers and none of ModelReport's go to `onOther`. */
export function openModelWorker<
  Kind extends Manifest,
  Request extends object,
  Answering extends { readonly id: number },
  Other extends { readonly kind: string } = never,
>(
  worker: Worker,
  manifest: Kind,
  switches: DeviceSwitches,
  { onModel, onSent }: ModelEvents,
  onOther: (report: Other) => void = () => undefined,
): ModelWorker<Request, Answering> {
  const post = (request: Request | ModelRequest<Kind>, transfer: Transferable[] = []) =>
    worker.postMessage(request, transfer);
  const resume = () => post({ kind: "resume" });
  const waiting = new Map<number, Waiting<Answering>>();
  let asked = 0;

  worker.onmessage = ({ data: report }: MessageEvent<ModelReport | Answering | Other>) => {
    if ("id" in report) waiting.get(report.id)?.hear(report);
    else if (isOfEveryWorker(report)) {
      if (report.kind === "model") onModel(report.state);
      else onSent(report.bytes);
    } else onOther(report);
  };
  // The worker's own code could not be loaded or broke: nothing in it can report that.
  worker.onerror = () => onModel({ phase: "failed", problem: { kind: "unexpected" } });
  addEventListener("online", resume);
  post({ kind: "open", manifest, switches });

  return {
    post,
    async ask<Result>(
      question: (id: number) => Request,
      hear: (report: Answering, settle: Settle<Result>) => void,
      { signal, transfer }: { readonly signal?: AbortSignal; readonly transfer?: Transferable[] } = {},
    ) {
      signal?.throwIfAborted();
      const id = ++asked;
      post(question(id), transfer);
      return new Promise<Result>((resolve, reject) => {
        const settle: Settle<Result> = {
          resolve(result) {
            waiting.delete(id);
            resolve(result);
          },
          reject(reason) {
            waiting.delete(id);
            reject(reason);
          },
        };
        waiting.set(id, { hear: (report) => hear(report, settle), reject });
        signal?.addEventListener("abort", () => {
          if (!waiting.has(id)) return;
          post({ kind: "cancel", id });
          settle.reject(signal.reason);
        });
      });
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

const isOfEveryWorker = (report: { readonly kind: string }): report is ModelReport =>
  report.kind === "model" || report.kind === "sent";
