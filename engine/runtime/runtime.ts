/** Running a graph, wherever: the one interface that node.ts and web.ts implement. */

/** What holds the elements of each type in JavaScript. */
export interface TensorDataTypes {
  float32: Float32Array;
  uint8: Uint8Array;
  int8: Int8Array;
  int32: Int32Array;
  int64: BigInt64Array;
  bool: Uint8Array;
}

export type TensorType = keyof TensorDataTypes;

/** A dense tensor, row-major. */
export interface Tensor<T extends TensorType = TensorType> {
  readonly type: T;
  readonly dims: readonly number[];
  readonly data: TensorDataTypes[T];
}

export type Tensors = Readonly<Record<string, Tensor>>;

/** A graph that is loaded and can run. */
export interface Session {
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  /** Runs the graph once. `fetches` names the outputs wanted; all of them by default. */
  run(feeds: Tensors, fetches?: readonly string[]): Promise<Record<string, Tensor>>;
  dispose(): Promise<void>;
}

/** What a graph needs beside itself. */
export interface LoadOptions {
  /** Files that the model's external data refer to, by their location. */
  readonly external?: Readonly<Record<string, Uint8Array>>;
  /** Threads for one operator; the runtime's default when left out. */
  readonly threads?: number;
}

/** Something that runs graphs. */
export interface Runtime {
  /** What it runs on, for people: "CPU", "WASM, 2 threads", "WebGPU". */
  readonly device: string;
  load(model: Uint8Array, options?: LoadOptions): Promise<Session>;
}

/** Numbers as a tensor of this shape; they are not copied. */
export const float32 = (data: Float32Array, dims: readonly number[]): Tensor<"float32"> => ({
  type: "float32",
  dims,
  data,
});
