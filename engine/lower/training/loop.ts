import type { DType, Shape, Value } from "../../graph/value.ts";
import { attribute } from "../../onnx/build.ts";
import type { OnnxModel, OnnxValueInfo } from "../../onnx/model.ts";
import { Emitter } from "../emitter.ts";
import { OPSETS, PRODUCER } from "../model.ts";
import { Walk } from "../walk.ts";
import { filterMatrix, TrainingWalk } from "./walk.ts";

/** A graph input with the name that the program feeds it by. */
export interface Feed {
  readonly name: string;
  readonly value: Value;
}

/** A tensor that each step reads and replaces. Fed as `name`, returned as `next/<name>`, in its `carriedShape`. */
export interface Carried extends Feed {
  readonly next: Value;
}

/** A semantic training step, and what of it changes how often. */
export interface Program {
  /** Inputs with another slice for each step: fed with a leading axis of steps. */
  readonly batches: readonly Feed[];
  /** Inputs that are the same in all steps. */
  readonly fixed: readonly Feed[];
  readonly state: readonly Carried[];
  /** Scalars to report from each step: returned with a leading axis of steps. */
  readonly reports: readonly Feed[];
  /**
   * Tensors that change once after all steps, from what the steps left: `of` stands for the final value
   * of the state of that name.
   */
  readonly afterwards: readonly (Carried & { readonly of: Feed })[];
  /** An int64 scalar, the number of steps in this run; `afterwards` may depend on it. */
  readonly steps: Value;
}

/** How many steps a run makes is fed under this name, and is the leading axis of batches and reports. */
export const STEPS = "steps";

/** The output that holds what a tensor of the state has become after the steps. */
export const nextName = (name: string): string => `next/${name}`;

/**
 * Writes a number of training steps as one ONNX model: a Loop whose body is the step. Handing weights in and
 * out of a run costs tens of milliseconds for each 100 MB; within the Loop they stay where they are.
 */
export function trainingLoop(program: Program): OnnxModel {
  const outer = new Emitter("outer_");
  const body = new Emitter();
  const inside = new Map<Value, string>();
  const filters = new Map<Value, string>();
  for (const { name, value } of program.state)
    (isFilters(value) ? filters : inside).set(value, `now/${name}`);
  for (const { name, value } of program.fixed) (isFilters(value) ? filters : inside).set(value, name);
  for (const { name, value } of program.batches) inside.set(value, body.emit("Gather", [name, "iteration"]));

  const wanted = [...program.state.map(({ next }) => next), ...program.reports.map(({ value }) => value)];
  const carried = new Set(program.state.map(({ next }) => next));
  const asFilters = (value: Value) => carried.has(value) && isFilters(value);
  const names = new TrainingWalk(body, inside, filters).write(wanted, asFilters);
  // A body's outputs must be values that it makes itself, each listed once.
  const outputs = names.map((name, i) =>
    body.makes(name) && names.indexOf(name) === i ? name : body.emitUnshared("Identity", [name]),
  );
  const going = body.emit("Identity", ["going"]);
  const graph = body.graph(
    "step",
    [
      info("iteration", "int64", []),
      info("going", "bool", []),
      ...program.state.map(({ name, value }) => info(`now/${name}`, value.dtype, carriedShape(value.shape))),
    ],
    [
      info(going, "bool", []),
      ...wanted.map((value, i) => info(outputs[i]!, value.dtype, carriedShape(value.shape))),
    ],
  );

  const looped = outer.emitMany(
    "Loop",
    [STEPS, "", ...program.state.map(({ name }) => name)],
    wanted.length,
    { body: attribute.graph(graph) },
  );
  const finals = new Map(program.state.map(({ name }, i) => [name, looped[i]!]));
  const outside = new Map<Value, string>([[program.steps, STEPS]]);
  for (const { name, value, of } of program.afterwards)
    outside.set(value, name).set(of.value, finals.get(of.name)!);
  const afterwards = new Walk(outer, outside).write(program.afterwards.map(({ next }) => next));

  const results: OnnxValueInfo[] = [];
  const result = (name: string, from: string, value: Value, lead: readonly string[] = []) => {
    outer.rename(from, name);
    results.push(info(name, value.dtype, [...lead, ...carriedShape(value.shape)]));
  };
  for (const [i, { name, next }] of program.afterwards.entries())
    result(nextName(name), afterwards[i]!, next);
  for (const { name, next } of program.state) result(nextName(name), finals.get(name)!, next);
  for (const [i, { name, value }] of program.reports.entries())
    result(name, looped[program.state.length + i]!, value, [STEPS]);

  const inputs = [
    info(STEPS, "int64", []),
    ...program.batches.map(({ name, value }) => info(name, value.dtype, [STEPS, ...value.shape])),
    ...[...program.fixed, ...program.state, ...program.afterwards].map(({ name, value }) =>
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

const isFilters = ({ shape }: Value): boolean => shape.length === 4;

/**
 * The shape in which a tensor of the network is fed and carried: filters [K, C, R, S] as the matrices
 * [K, C·R·S] that convolutions multiply with. Seeing them as such in each step would copy them each time.
 */
export const carriedShape = (shape: Shape): Shape => (shape.length === 4 ? filterMatrix(shape) : shape);

const info = (name: string, type: DType, shape: Value["shape"]): OnnxValueInfo => ({ name, type, shape });
