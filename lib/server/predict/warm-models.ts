import type { Manifest } from "../../../engine/release/manifest.ts";
import type { Answerer } from "./answerer.ts";

/** A release in memory, or on its way there. */
interface Warm {
  readonly manifest: Manifest;
  readonly answerer: Promise<Answerer>;
  users: number;
  /** No longer to be found; disposed of as soon as nobody uses it. */
  isDropped: boolean;
  idle?: NodeJS.Timeout;
}

/** Bounds on what stays in memory. */
export interface WarmLimits {
  /** Releases at once, unless more are in use at this moment. */
  readonly most: number;
  /** How long one stays that nobody asks, in ms. */
  readonly idleTime: number;
}

/** Keeps the releases in memory that were asked last. One that another takes the place of goes at once. */
export class WarmModels {
  readonly #load: (manifest: Manifest) => Promise<Answerer>;
  readonly #limits: WarmLimits;
  /** The one asked longest ago first. */
  #warm: readonly Warm[] = [];

  constructor(load: (manifest: Manifest) => Promise<Answerer>, limits: WarmLimits) {
    this.#load = load;
    this.#limits = limits;
  }

  /** Lets a release do something, loading it first where it is not in memory. Throws what either throws. */
  async use<Result>(manifest: Manifest, work: (answerer: Answerer) => Promise<Result>): Promise<Result> {
    const found = this.#warm.find((warm) => isSame(warm.manifest, manifest));
    const warm = found ?? { manifest, answerer: this.#load(manifest), users: 0, isDropped: false };
    clearTimeout(warm.idle);
    warm.users++;
    const others = this.#warm.filter((other) => other !== warm);
    const replaced = others.filter((other) => isReplaced(other.manifest, manifest));
    const kept = others.filter((other) => !replaced.includes(other));
    this.#warm = [...kept, warm];
    for (const other of [...replaced, ...this.#warm.slice(0, -this.#limits.most)]) this.#drop(other);
    try {
      return await work(await warm.answerer);
    } catch (error) {
      // What could not be loaded may be whole again next time.
      await warm.answerer.catch(() => this.#drop(warm));
      throw error;
    } finally {
      warm.users--;
      if (warm.isDropped) this.#disposeIfUnused(warm);
      else if (warm.users === 0)
        warm.idle = setTimeout(() => this.#drop(warm), this.#limits.idleTime).unref();
    }
  }

  #drop(warm: Warm): void {
    this.#warm = this.#warm.filter((other) => other !== warm);
    clearTimeout(warm.idle);
    warm.isDropped = true;
    this.#disposeIfUnused(warm);
  }

  #disposeIfUnused(warm: Warm): void {
    if (warm.users > 0) return;
    warm.answerer.then((answerer) => answerer.dispose()).catch(() => undefined); // what was never loaded holds nothing
  }
}

/** A release that was built again under its name has other weights. */
const isSame = (a: Manifest, b: Manifest): boolean =>
  a.task === b.task && a.version === b.version && a.weights.sha256 === b.weights.sha256;

/** Of each variant of a task one release answers. */
const isReplaced = (old: Manifest, by: Manifest): boolean =>
  old.task === by.task && old.variant === by.variant && !isSame(old, by);
