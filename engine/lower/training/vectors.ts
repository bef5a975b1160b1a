import { sameShape } from "../../graph/shape.ts";
import type { Shape, Value } from "../../graph/value.ts";
import type { Emitter } from "../emitter.ts";
import { attributesOf, Walk } from "../walk.ts";
import { joined, parted } from "./layout.ts";
import type { Bundle, Carried } from "./program.ts";
import { ELEMENTWISE } from "./walk.ts";

/** Several vectors end to end. */
export interface PackedVector {
  /** Of the first part, and how many follow it. */
  readonly name: string;
  readonly shape: Shape;
  readonly parts: readonly Carried[];
}

/**
 * Vectors that change by the same computation, each on numbers of its own: the scales and shifts of batch
 * norms, say. A network has hundreds, and an operator on a few hundred numbers costs the runtime more time
 * than the numbers do. So they are carried end to end as one, and the computation is written once.
 */
export interface Pack {
  /** One for each place in the bundles, with a part from each bundle. */
  readonly vectors: readonly PackedVector[];
  /** For each bundle the other vectors that its computation reads, in the same order. */
  readonly reads: readonly (readonly Value[])[];
  /** The scalars that all of them read. */
  readonly scalars: readonly Value[];
}

/** Puts the bundles of vectors that go together into packs; the others stay alone. */
export function packAlike(bundles: readonly Bundle[]): { packs: Pack[]; alone: Bundle[] } {
  const scalars = new Map<Value, number>();
  const alike = new Map<string, Computation[]>();
  const isVector = (bundle: Bundle) => bundle.every(({ value }) => value.shape.length === 1);
  for (const bundle of bundles.filter(isVector)) {
    const computation = computationOf(bundle, scalars);
    alike.set(computation.text, [...(alike.get(computation.text) ?? []), computation]);
  }
  const packs = [...alike.values()]
    .filter((group) => group.length > 1)
    .map((group) => ({
      vectors: group[0]!.bundle.map((_, place) => endToEnd(group.map(({ bundle }) => bundle[place]!))),
      reads: group.map(({ reads }) => reads),
      scalars: group[0]!.scalars,
    }));
  const packed = new Set(packs.flatMap(({ vectors }) => vectors.flatMap(({ parts }) => parts)));
  return { packs, alone: bundles.filter(([first]) => !packed.has(first!)) };
}

const endToEnd = (parts: readonly Carried[]): PackedVector => ({
  name: `${parts[0]!.name}+${parts.length - 1}`,
  shape: [lengths(parts).reduce((a, b) => a + b)],
  parts,
});

const lengths = (parts: readonly Carried[]): number[] => parts.map(({ value }) => Number(value.shape[0]));

interface Computation {
  readonly bundle: Bundle;
  /** The same for bundles that differ in nothing but their numbers. */
  readonly text: string;
  readonly reads: readonly Value[];
  readonly scalars: readonly Value[];
}

/** Follows a bundle's next values back through elementwise operators to whatever is not of them. */
function computationOf(bundle: Bundle, numbers: Map<Value, number>): Computation {
  const { shape } = bundle[0]!.value;
  const lines: string[] = [];
  const places = new Map<Value, number>();
  const reads: Value[] = [];
  const scalars: Value[] = [];
  const fits = (value: Value) => value.shape.length === 0 || sameShape(value.shape, shape);
  const describe = (value: Value): string => {
    const own = bundle.findIndex((carried) => carried.value === value);
    if (own >= 0) return `own ${own}`;
    const { op, attributes, inputs } = value.node;
    const constant = attributesOf(value.node, "constant");
    if (constant && value.shape.length === 0) return `${value.dtype} ${constant.data}`;
    if (ELEMENTWISE.has(op.name) && [value, ...inputs].every(fits))
      return `${op.name} ${JSON.stringify(attributes)} of ${inputs.map(visit)}`;
    if (value.shape.length > 0) return `vector ${reads.push(value)}`;
    if (!numbers.has(value)) numbers.set(value, numbers.size);
    scalars.push(value);
    return `scalar ${numbers.get(value)}`;
  };
  /** In which line it stands what a value is. */
  const visit = (value: Value): number => {
    const place = places.get(value) ?? lines.push(describe(value));
    places.set(value, place);
    return place;
  };
  const ends = bundle.map(({ next }) => visit(next));
  return { bundle, text: [...lines, ends].join("; "), reads, scalars };
}

/** The parts of a packed vector. */
export const partsOf = (e: Emitter, name: string, { parts }: PackedVector): readonly string[] =>
  parted(e, name, lengths(parts));

/**
 * Writes what a pack's vectors become and returns their names: what the first bundle's tensors would become,
 * with those of all in their place.
 *
 * @param own what the pack's vectors are called
 * @param walk has written what they read
 */
export function writePacked(
  e: Emitter,
  { vectors, reads, scalars }: Pack,
  own: readonly string[],
  walk: Walk,
): string[] {
  const names = new Map(scalars.map((value) => [value, walk.plain(value)]));
  for (const [i, { parts }] of vectors.entries()) names.set(parts[0]!.value, own[i]!);
  for (const [i, value] of reads[0]!.entries()) {
    const all = reads.map((read) => walk.plain(read[i]!));
    names.set(value, joined(e, all));
  }
  const together = new Walk(e, names);
  return vectors.map(({ parts }) => together.plain(parts[0]!.next));
}
