import { attribute } from "../../onnx/build.ts";
import { Emitter } from "../emitter.ts";

/** A loop over the leading axis. */
export interface Scan {
  /** What is carried from step to step, as it begins. */
  readonly states: readonly string[];
  /** Sequences [T, ...], of which each step sees one slice. */
  readonly inputs: readonly string[];
  /** From the last slice to the first. */
  readonly reverse: boolean;
  /** Writes one step. It may use values of the graph around it. */
  readonly step: (
    e: Emitter,
    states: readonly string[],
    inputs: readonly string[],
  ) => { readonly states: readonly string[]; readonly outputs: readonly string[] };
}

/** Writes a Scan and returns its outputs as sequences [T, ...], each slice where its step's inputs were. */
export function scan(e: Emitter, { states, inputs, reverse, step }: Scan): readonly string[] {
  // Bodies beside each other may use the same names. Equal ones, as forward and backward pass ask for, are one then.
  const body = new Emitter("scan_");
  const [before, slices] = [states.map(() => body.fresh("state")), inputs.map(() => body.fresh("slice"))];
  const made = step(body, before, slices);
  // A body's outputs must each be listed once.
  const names = [...made.states, ...made.outputs];
  const results = names.map((name, i) =>
    names.indexOf(name) === i ? name : body.emitUnshared("Identity", [name]),
  );
  const info = (name: string) => ({ name, type: "float32", shape: undefined }) as const;
  const graph = body.graph("step", [...before, ...slices].map(info), results.map(info));
  const directions = (count: number) => attribute.ints(Array<number>(count).fill(Number(reverse)));
  const outputs = e.emitMany("Scan", [...states, ...inputs], results.length, {
    body: attribute.graph(graph),
    num_scan_inputs: attribute.int(inputs.length),
    scan_input_directions: directions(inputs.length),
    scan_output_directions: directions(made.outputs.length),
  });
  return outputs.slice(states.length);
}
