/** Counts what goes wrong, to make guessing slow. */
export class Attempts {
  readonly #most: number;
  readonly #within: number;
  #failures: readonly number[] = [];

  /** No more than `most` failures within so many ms. */
  constructor(most: number, within: number) {
    this.#most = most;
    this.#within = within;
  }

  /** How long to wait before the next attempt, in ms; 0 where it may be made. */
  wait(now = Date.now()): number {
    // A clock that was put back must not lock anybody out for longer.
    this.#failures = this.#failures.filter((time) => time <= now && now - time < this.#within);
    return this.#failures.length < this.#most ? 0 : this.#failures[0]! + this.#within - now;
  }

  failed(now = Date.now()): void {
    this.#failures = [...this.#failures, now];
  }
}
