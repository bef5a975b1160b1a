import type { Ask } from "../inference/client.ts";
import type { Answer, Problem } from "../inference/protocol.ts";
import { paceWindow } from "./pace.ts";

/** A photo that was handed in, and where it stands. */
export interface Photo {
  /** Its place in the order of arrival, from 0; no two photos of a page ever share it. */
  readonly key: number;
  /** The handle only: the browser reads the bytes when they are asked for. */
  readonly file: File;
  readonly state: PhotoState;
  /** A small picture of it, made where there are several. */
  readonly thumbnail: Blob | undefined;
}

export type PhotoState =
  | { readonly phase: "waiting" }
  | { readonly phase: "working" }
  | { readonly phase: "answered"; readonly answer: Answer }
  | { readonly phase: "failed"; readonly problem: Problem };

export interface BatchState {
  /** In the order of arrival. */
  readonly photos: readonly Photo[];
  /** Whether the reader stopped the work; those that wait then go on waiting. */
  readonly stopped: boolean;
  /** When the latest photos came to an end, as performance.now tells it, in ms. */
  readonly finished: readonly number[];
}

/** So many photos are in work at once: one is decoded while another runs through the network. */
const atOnce = 2;

const nothing: BatchState = { photos: [], stopped: false, finished: [] };

/**
 * Photos on their way to their answers, one or hundreds. Beyond the two in work, a photo costs no more than
 * its file's handle, its answer and its thumbnail. A photo that fails is named with its cause and stops no other.
 */
export class Batch {
  #state = nothing;
  #ask: Ask | undefined;
  #preferred: number | undefined;
  #arrived = 0;
  readonly #working = new Map<number, AbortController>();
  readonly #listeners = new Set<() => void>();

  /** Calls `listener` after each change; returns how to end that. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly read = (): BatchState => this.#state;

  /** Lets a model answer: all photos, from the start, because answers of two models don't belong in one list. */
  answerBy(ask: Ask | undefined): void {
    this.#interrupt();
    this.#ask = ask;
    this.#set({ photos: this.#state.photos.map(waiting), finished: [] });
    this.#work();
  }

  /** Puts these photos in the place of all others. */
  replace(files: readonly File[]): void {
    this.clear();
    this.add(files);
  }

  /** Adds photos behind the others. */
  add(files: readonly File[]): void {
    const added = files.map(
      (file): Photo => ({
        key: this.#arrived++,
        file,
        state: { phase: "waiting" },
        thumbnail: undefined,
      }),
    );
    this.#set({ photos: [...this.#state.photos, ...added], stopped: false });
    this.#work();
  }

  /** Forgets all photos and what is known of them. */
  clear(): void {
    this.#interrupt();
    this.#set(nothing);
  }

  /** Stops the work. What is answered stays, the others wait. */
  stop(): void {
    this.#interrupt();
    this.#set({
      photos: this.#state.photos.map((photo) => (photo.state.phase === "working" ? waiting(photo) : photo)),
      stopped: true,
    });
  }

  /** Takes up the work again after `stop`. */
  goOn(): void {
    this.#set({ stopped: false, finished: [] });
    this.#work();
  }

  /** Tries again those that failed: a file may be back in its place, memory may be free again. */
  retryFailed(): void {
    this.#set({
      photos: this.#state.photos.map((photo) => (photo.state.phase === "failed" ? waiting(photo) : photo)),
    });
    this.goOn();
  }

  /** Takes this photo next, because the reader looks at it. */
  prefer(key: number | undefined): void {
    this.#preferred = key;
  }

  #work(): void {
    while (this.#ask !== undefined && !this.#state.stopped && this.#working.size < atOnce) {
      const open = this.#state.photos.filter(({ state }) => state.phase === "waiting");
      const next = open.find(({ key }) => key === this.#preferred) ?? open[0];
      if (next === undefined) return;
      void this.#answer(next, this.#ask);
    }
  }

  async #answer({ key, file, thumbnail }: Photo, ask: Ask): Promise<void> {
    const controller = new AbortController();
    const { signal } = controller;
    this.#working.set(key, controller);
    this.#change(key, { state: { phase: "working" } });
    const wanted = thumbnail === undefined && this.#state.photos.length > 1;
    const outcome = await ask(file, file.name, { signal, thumbnail: wanted }).catch(() => undefined);
    if (outcome === undefined || signal.aborted) return; // interrupted, and the photo waits again or is gone
    this.#working.delete(key);
    const finished = [...this.#state.finished, performance.now()].slice(-paceWindow);
    if (outcome.kind === "problem") {
      this.#change(key, { state: { phase: "failed", problem: outcome.problem } }, finished);
    } else {
      const { thumbnail: made, ...answer } = outcome.answer;
      this.#change(key, { state: { phase: "answered", answer }, thumbnail: made ?? thumbnail }, finished);
    }
    this.#work();
  }

  #interrupt(): void {
    for (const controller of this.#working.values()) controller.abort();
    this.#working.clear();
  }

  #change(key: number, change: Partial<Photo>, finished = this.#state.finished): void {
    const photos = this.#state.photos.map((photo) => (photo.key === key ? { ...photo, ...change } : photo));
    this.#set({ photos, finished });
  }

  #set(change: Partial<BatchState>): void {
    this.#state = { ...this.#state, ...change };
    for (const listener of this.#listeners) listener();
  }
}

function waiting(photo: Photo): Photo {
  return { ...photo, state: { phase: "waiting" } };
}
