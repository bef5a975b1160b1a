/** A number of places, of which whoever finds enough takes some and gives them back. */
export class Places {
  #free: number;

  constructor(count: number) {
    this.#free = count;
  }

  /** Takes `count` places; false, and none taken, where there are not so many. */
  take(count: number): boolean {
    if (count > this.#free) return false;
    this.#free -= count;
    return true;
  }

  giveBack(count: number): void {
    this.#free += count;
  }
}
