import type { Sound } from "../../engine/data/audio/sound.ts";
import type { Problem } from "../inference/protocol.ts";
import type { Recognise } from "../inference/sound-client.ts";
import type { SoundAnswer } from "../inference/sound-protocol.ts";

/** A recording that was handed in, and where it stands. */
export interface Recording {
  /** Its place in the order of arrival; no two of a page ever share it. */
  readonly key: number;
  readonly name: string;
  /** The file's handle, or sound that was recorded here. */
  readonly source: File | Sound;
  readonly state: RecordingState;
}

export type RecordingState =
  | { readonly phase: "waiting" }
  /** So much of it is done, in [0, 1]. */
  | { readonly phase: "working"; readonly share: number }
  | { readonly phase: "answered"; readonly answer: SoundAnswer }
  | { readonly phase: "failed"; readonly problem: Problem };

/** What is handed in. */
export type Handed = Pick<Recording, "name" | "source">;

/**
 * Recordings on their way to their answers, one after the other. One that fails is named with its cause and stops no
 * other.
 */
export class Recordings {
  #list: readonly Recording[] = [];
  #recognise: Recognise | undefined;
  #arrived = 0;
  #working: AbortController | undefined;
  readonly #listeners = new Set<() => void>();

  /** Calls `listener` after each change; returns how to end that. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** In the order of arrival. */
  readonly read = (): readonly Recording[] => this.#list;

  /** Lets a model answer: all, from the start, because answers of two models don't belong in one list. */
  answerBy(recognise: Recognise | undefined): void {
    this.#interrupt();
    this.#recognise = recognise;
    this.#set(this.#list.map((one) => ({ ...one, state: { phase: "waiting" } })));
    this.#work();
  }

  /** Puts these in the place of all others; none forgets them all. */
  replace(handed: readonly Handed[]): void {
    this.#interrupt();
    this.#list = [];
    this.add(handed);
  }

  /** Adds recordings behind the others. */
  add(handed: readonly Handed[]): void {
    const added = handed.map(
      ({ name, source }): Recording => ({ key: this.#arrived++, name, source, state: { phase: "waiting" } }),
    );
    this.#set([...this.#list, ...added]);
    this.#work();
  }

  #work(): void {
    const next = this.#list.find(({ state }) => state.phase === "waiting");
    if (this.#recognise === undefined || this.#working !== undefined || next === undefined) return;
    void this.#answer(next, this.#recognise);
  }

  async #answer({ key, name, source }: Recording, recognise: Recognise): Promise<void> {
    const controller = new AbortController();
    const { signal } = controller;
    this.#working = controller;
    this.#change(key, { phase: "working", share: 0 });
    const onProgress = (share: number) => !signal.aborted && this.#change(key, { phase: "working", share });
    const outcome = await recognise(source, name, { signal, onProgress }).catch(() => undefined);
    if (outcome === undefined || signal.aborted) return; // interrupted: it waits again or is gone
    this.#working = undefined;
    this.#change(
      key,
      outcome.kind === "answer"
        ? { phase: "answered", answer: outcome.answer }
        : { phase: "failed", problem: outcome.problem },
    );
    this.#work();
  }

  #interrupt(): void {
    this.#working?.abort();
    this.#working = undefined;
  }

  #change(key: number, state: RecordingState): void {
    this.#set(this.#list.map((one) => (one.key === key ? { ...one, state } : one)));
  }

  #set(list: readonly Recording[]): void {
    this.#list = list;
    for (const listener of this.#listeners) listener();
  }
}
