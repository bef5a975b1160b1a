import type { DType, Shape, Value } from "../graph/value.ts";
import { input } from "../ops/leaf.ts";
import type { Initialiser } from "./initialise.ts";

/** A tensor that a network owns: trained (a parameter) or followed (running statistics). */
export interface Slot {
  readonly name: string;
  readonly shape: readonly number[];
  readonly initial: Initialiser;
  readonly value: Value;
  readonly kind: "parameter" | "statistic";
}

/** What building a network depends on, beside its input. */
export interface Mode {
  /** Training drops units and normalises by the batch; inference does neither. */
  readonly training: boolean;
  /** Batch normalisation by this batch's statistics ("live") or by the stored ones ("frozen"). */
  readonly statistics: "live" | "frozen";
  /** Whether a parameter of this name is trained; all are by default. Batch norms that are not stay as they are. */
  readonly trains?: (name: string) => boolean;
  /** An int64 scalar that differs from step to step: what dropout draws from. */
  readonly seed?: Value;
}

/** Collects what a network owns while its graph is built; shared by all scopes of one network. */
export class Registry {
  readonly slots = new Map<string, Slot>();
  /** What statistics become after this step. */
  readonly updates = new Map<string, Value>();
  readonly mode: Mode;

  constructor(mode: Mode) {
    this.mode = mode;
  }
}

/** A place in a network's tree of names: parameters are called "layer1.0.conv1.weight", as in torchvision. */
export class Scope {
  readonly #registry: Registry;
  readonly #path: string;

  constructor(registry: Registry, path = "") {
    this.#registry = registry;
    this.#path = path;
  }

  get mode(): Mode {
    return this.#registry.mode;
  }

  /** This place's full name. */
  get path(): string {
    return this.#path;
  }

  /** The scope of a part; a dotted name goes several levels down. */
  child(name: string): Scope {
    return new Scope(this.#registry, this.#path === "" ? name : `${this.#path}.${name}`);
  }

  /** A trained tensor. Throws when the name is taken. */
  parameter(name: string, shape: readonly number[], initial: Initialiser): Value {
    return this.#add(name, shape, initial, "parameter");
  }

  /** A tensor that is followed, not trained. */
  statistic(name: string, shape: readonly number[], initial: Initialiser): Value {
    return this.#add(name, shape, initial, "statistic");
  }

  /** Says what a statistic of this scope becomes after the step. */
  update(name: string, next: Value): void {
    this.#registry.updates.set(this.child(name).path, next);
  }

  #add(name: string, shape: readonly number[], initial: Initialiser, kind: Slot["kind"]): Value {
    const { path } = this.child(name);
    if (this.#registry.slots.has(path))
      throw new Error(`scope: "${path}" is there already; name the layers apart.`);
    const value = input(path, shape);
    this.#registry.slots.set(path, { name: path, shape, initial, value, kind });
    return value;
  }
}

/** A part of a network: from a value to a value, owning what it asks the scope for. */
export type Layer = (x: Value, scope: Scope) => Value;

/** A network built once: its output, and all that it owns. */
export interface Built {
  readonly input: Value;
  readonly output: Value;
  readonly slots: ReadonlyMap<string, Slot>;
  readonly updates: ReadonlyMap<string, Value>;
}

/** Builds `layer` on an input of the given shape, called `name`. */
export function build(
  layer: Layer,
  shape: Shape,
  mode: Mode,
  name = "input",
  dtype: DType = "float32",
): Built {
  const registry = new Registry(mode);
  const x = input(name, shape, dtype);
  const output = layer(x, new Scope(registry));
  return { input: x, output, slots: registry.slots, updates: registry.updates };
}
