import type { DType, Shape, Value } from "../../graph/value.ts";
import { attribute } from "../../onnx/build.ts";
import type { OnnxGraph, OnnxModel, OnnxValueInfo } from "../../onnx/model.ts";
import { Emitter } from "../emitter.ts";
import { OPSETS, PRODUCER } from "../model.ts";
import { Walk } from "../walk.ts";
import { joined } from "./layout.ts";
import type { Carried, Program } from "./program.ts";
import { type Pack, type PackedVector, packAlike, partsOf, writePacked } from "./vectors.ts";
import { filterMatrix, TrainingWalk } from "./walk.ts";

/** How many steps a run makes is fed under this name, and is the leading axis of batches and reports. */
export const STEPS = "steps";

/** The output that holds what a tensor of the state has become after the steps. */
export const nextName = (name: string): string => `next/${name}`;

/**
 * Writes a number of training steps as one ONNX model: a Loop whose body is the step. Handing weights in and
 * out of a run costs tens of milliseconds for each 100 MB; within the Loop they stay where they are.
 */
export function trainingLoop(program: Program): OnnxModel {
  const { packs, alone } = packAlike(program.state);
  const single = alone.flat();
  const vectors = packs.flatMap((pack) => pack.vectors);
  const outer = new Emitter("outer_");
  const whole = ({ parts }: PackedVector) => joined(outer, namesOf(parts));
  const looped = outer.emitMany(
    "Loop",
    [STEPS, "", ...namesOf(single), ...vectors.map(whole)],
    single.length + vectors.length + program.reports.length,
    { body: attribute.graph(writeStep(program, packs, single)) },
  );

  /** What holds the tensors that the run leaves, by their names. */
  const finals = new Map(single.map(({ name }, i) => [name, looped[i]!]));
  const divide = (vector: PackedVector, from: string) => {
    for (const [i, name] of partsOf(outer, from, vector).entries()) finals.set(vector.parts[i]!.name, name);
  };
  for (const [i, vector] of vectors.entries()) divide(vector, looped[single.length + i]!);

  const outside = new Map<Value, string>([[program.steps, STEPS]]);
  for (const { name, value, of } of program.afterwards)
    outside.set(value, name).set(of.value, finals.get(of.name)!);
  const walk = new Walk(outer, outside);
  const afterwards = packAlike(program.afterwards.map((carried) => [carried]));
  for (const { name, next } of afterwards.alone.flat()) finals.set(name, walk.plain(next));
  for (const pack of afterwards.packs) {
    const ends = writePacked(outer, pack, pack.vectors.map(whole), walk);
    for (const [i, vector] of pack.vectors.entries()) divide(vector, ends[i]!);
  }

  const state = program.state.flat();
  const results: OnnxValueInfo[] = [];
  const result = (name: string, from: string, { dtype }: Value, shape: Shape) => {
    outer.rename(from, name);
    results.push(info(name, dtype, shape));
  };
  for (const { name, value } of [...program.afterwards, ...state])
    result(nextName(name), finals.get(name)!, value, carriedShape(value.shape));
  for (const [i, { name, value }] of program.reports.entries())
    result(name, looped.at(i - program.reports.length)!, value, [STEPS, ...value.shape]);

  const inputs = [
    info(STEPS, "int64", []),
    ...program.batches.map(({ name, value }) => info(name, value.dtype, [STEPS, ...value.shape])),
    ...[...program.fixed, ...state, ...program.afterwards].map(({ name, value }) =>
      info(name, value.dtype, carriedShape(value.shape)),
    ),
  ];
  return {
    irVersion: 9,
    opsets: OPSETS,
    producer: PRODUCER,
    graph: outer.graph("training", inputs, results),
    metadata: {},
  };
}

/** The body of the Loop. It carries the tensors that stay single, then the packs' vectors, and then reports. */
function writeStep(program: Program, packs: readonly Pack[], single: readonly Carried[]): OnnxGraph {
  const body = new Emitter();
  const inside = new Map<Value, string>();
  const filters = new Map<Value, string>();
  const vectors = packs.flatMap((pack) => pack.vectors);
  for (const { name, value } of single) (isFilters(value) ? filters : inside).set(value, now(name));
  for (const vector of vectors) {
    const names = partsOf(body, now(vector.name), vector);
    for (const [i, { value }] of vector.parts.entries()) inside.set(value, names[i]!);
  }
  for (const { name, value } of program.fixed) (isFilters(value) ? filters : inside).set(value, name);
  for (const { name, value } of program.batches) inside.set(value, body.emit("Gather", [name, "iteration"]));

  const walk = new TrainingWalk(body, inside, filters);
  const nexts = single.map(({ next }) => next);
  const reports = program.reports.map(({ value }) => value);
  const reads = packs.flatMap((pack) => [...pack.reads.flat(), ...pack.scalars]);
  const written = walk.write([...nexts, ...reports, ...reads], isFilters);
  const packed = packs.flatMap((pack) => writePacked(body, pack, namesOf(pack.vectors).map(now), walk));
  const made = [
    ...written.slice(0, nexts.length),
    ...packed,
    ...written.slice(nexts.length, nexts.length + reports.length),
  ];
  // A body's outputs must be values that it makes itself, each listed once.
  const outputs = made.map((name, i) =>
    body.makes(name) && made.indexOf(name) === i ? name : body.emitUnshared("Identity", [name]),
  );
  const going = body.emit("Identity", ["going"]);
  const types = [
    ...single.map(({ name, value }) => info(name, value.dtype, carriedShape(value.shape))),
    ...vectors.map(({ name, shape, parts }) => info(name, parts[0]!.value.dtype, shape)),
    ...program.reports.map(({ name, value }) => info(name, value.dtype, value.shape)),
  ];
  return body.graph(
    "step",
    [
      info("iteration", "int64", []),
      info("going", "bool", []),
      ...types.slice(0, nexts.length + vectors.length).map((type) => ({ ...type, name: now(type.name) })),
    ],
    [info(going, "bool", []), ...types.map((type, i) => ({ ...type, name: outputs[i]! }))],
  );
}

const namesOf = (named: readonly { readonly name: string }[]): string[] => named.map(({ name }) => name);

/** What a tensor of the state is called within a step. */
const now = (name: string): string => `now/${name}`;

const isFilters = ({ shape }: Value): boolean => shape.length === 4;

/**
 * The shape in which a tensor of the network is fed and carried: filters [K, C, R, S] as the matrices
 * [K, C·R·S] that convolutions multiply with. Seeing them as such in each step would copy them each time.
 */
export const carriedShape = (shape: Shape): Shape => (shape.length === 4 ? filterMatrix(shape) : shape);

const info = (name: string, type: DType, shape: Value["shape"]): OnnxValueInfo => ({ name, type, shape });
