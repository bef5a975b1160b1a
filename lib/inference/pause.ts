/** A switch that stops work through an AbortSignal and lets it go on later. */
export class Pause {
  #controller = new AbortController();
  #resumed: (() => void)[] = [];
  #paused = false;

  /** Aborts when `pause` is called; a fresh one after each `resume`. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  get paused(): boolean {
    return this.#paused;
  }

  pause(): void {
    this.#paused = true;
    this.#controller.abort();
  }

  /** Ends a pause, and also a wait that would have ended by itself later. */
  resume(): void {
    this.#paused = false;
    if (this.#controller.signal.aborted) this.#controller = new AbortController();
    for (const go of this.#resumed.splice(0)) go();
  }

  /** Resolves at the next `resume`, or after `ms` unless it is paused by then. */
  wait(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => !this.#paused && resolve(), ms);
      this.#resumed.push(() => {
        clearTimeout(timer);
        resolve();
      });
    });
  }
}
