import { attribute } from "../../onnx/build.ts";
import type { Emitter } from "../emitter.ts";
import { added, type ConvShape, type Formulation } from "./formulation.ts";
import { asRows, constant, type Extent, filterEach, type Matrix, positions } from "./layout.ts";

/**
 * How m outputs of a filter of 3 taps are got from a = m + 2 inputs with a products instead of 3 m: the inputs
 * times `inputs` [a, a], the filter times `filter` [a, 3], multiplied one by one, and `outputs` [a, m] turns these
 * products into outputs. Lavin and Gray, "Fast Algorithms for Convolutional Neural Networks", CVPR 2016,
 * sections 4.1 and 4.3, where they are Bᵀ, G and A.
 */
interface Tiling {
  readonly m: number;
  readonly inputs: Matrix;
  readonly filter: Matrix;
  readonly outputs: Matrix;
}

const TWO: Tiling = {
  m: 2,
  inputs: [
    [1, 0, -1, 0],
    [0, 1, 1, 0],
    [0, -1, 1, 0],
    [0, 1, 0, -1],
  ],
  filter: [
    [1, 0, 0],
    [1 / 2, 1 / 2, 1 / 2],
    [1 / 2, -1 / 2, 1 / 2],
    [0, 0, 1],
  ],
  outputs: [
    [1, 0],
    [1, 1],
    [1, -1],
    [0, -1],
  ],
};

/**
 * By polynomials at 0, 1, −1, −2, 1/2 and ∞, which were measured to round a third less than Lavin and Gray's at ±1
 * and ±2. On the choice of points: Barabasz, Anderson, Soodhalter and Gregg, "Error Analysis and Improving the Accuracy
 * of Winograd Convolution for Deep Neural Networks", ACM TOMS 46(4), 2020.
 */
const FOUR: Tiling = {
  m: 4,
  inputs: [
    [1, -3 / 2, -2, 3 / 2, 1, 0],
    [0, -1, 1 / 2, 5 / 2, 1, 0],
    [0, -1, 5 / 2, -1 / 2, -1, 0],
    [0, 1 / 2, -1, -1 / 2, 1, 0],
    [0, 2, 1, -2, -1, 0],
    [0, 1, -3 / 2, -2, 3 / 2, 1],
  ],
  filter: [
    [1, 0, 0],
    [1 / 3, 1 / 3, 1 / 3],
    [1 / 3, -1 / 3, 1 / 3],
    [1 / 15, -2 / 15, 4 / 15],
    [16 / 15, 8 / 15, 4 / 15],
    [0, 0, 1],
  ],
  outputs: [
    [1, 0, 0, 0],
    [1, 1, 1, 1],
    [1, -1, 1, -1],
    [1, -2, 4, -8],
    [1, 1 / 2, 1 / 4, 1 / 8],
    [0, 0, 0, 1],
  ],
};

/** With fewer channels, in or out, making the tiles takes longer than the products save. */
const ENOUGH_CHANNELS = 32;
/** How many positions there must be for each channel: the filters of tiles are a² / 9 times as many numbers. */
const POSITIONS_OF_TWO = 1 / 4;
const POSITIONS_OF_FOUR = 4;

/** The tiles that fit a convolution with stride 1 that keeps the size, if any do. */
export function tilingOf({ input, output, kernel }: ConvShape): Tiling | undefined {
  if (kernel[0] !== 3 || kernel[1] !== 3) return undefined;
  if (Math.min(input.channels, output.channels) < ENOUGH_CHANNELS) return undefined;
  const share = positions(input) / Math.max(input.channels, output.channels);
  const fits = ({ m }: Tiling) => input.height % m === 0 && input.width % m === 0;
  if (share >= POSITIONS_OF_FOUR && fits(FOUR)) return FOUR;
  return share >= POSITIONS_OF_TWO && fits(TWO) ? TWO : undefined;
}

/**
 * Winograd's minimal filtering: pictures are cut into tiles of m×m; each tile of a channel, with a border of one
 * pixel, becomes a² = (m + 2)² numbers, and so does each filter. The convolution then is a² products of matrices
 * [K, C] · [C, P / m²]: 2.25 (m = 2) or 4 (m = 4) times fewer multiplications than pixel by pixel. The tiles of x
 * serve the weight gradient, too, and those of the filters the input gradient: a convolution of dy with turned filters.
 */
export const winograd: Formulation = {
  forward: (e, x, w, c) => {
    const t = tilingOf(c)!;
    return together(e, multiply(e, filterTiles(e, w, c, t), inputTiles(e, x, c.input, t)), c.output, t);
  },
  inputGradient: (e, dy, w, c, residual) => {
    const t = turned(tilingOf(c)!);
    const products = multiply(e, filterTiles(e, w, c, t), inputTiles(e, dy, c.output, t), { transA: 1 });
    return added(e, together(e, products, c.input, t), residual);
  },
  weightGradient: (e, x, dy, c, carry) => {
    const t = tilingOf(c)!;
    const [k, channels] = [c.output.channels, c.input.channels];
    const tiles = [outputTiles(e, dy, c.output, t), inputTiles(e, x, c.input, t)] as const;
    const products = multiply(e, ...tiles, { transBatchA: 1, transB: 1 });
    const sum = [e.reshape(products, [points(t), k * channels]), constant(e, squared(t.filter))];
    const dw = e.emit("Gemm", carry ? [...sum, e.reshape(carry.name, [k * channels, 9])] : sum, {
      transA: attribute.int(1),
      beta: attribute.float(carry?.factor ?? 1),
    });
    return e.reshape(dw, [k, channels * 9]);
  },
};

/** For filters turned by half a circle, from the same filters: in the mirror their turned outputs come from turned inputs. */
const turned = ({ inputs, outputs, ...same }: Tiling): Tiling => ({
  ...same,
  inputs: inputs.map((row) => row.toReversed()),
  outputs: outputs.map((row) => row.toReversed()),
});

/** a², into so many numbers a tile is turned. */
const points = ({ m }: Tiling): number => (m + 2) ** 2;

/** What a matrix does to rows, done to rows and columns: its Kronecker product with itself. */
const squared = (one: Matrix): number[][] =>
  one.flatMap((row) => one.map((column) => row.flatMap((a) => column.map((b) => a * b))));

/** a² products of matrices: a [a², ..] and b [C, a², ..], whose first two axes change places. */
function multiply(e: Emitter, a: string, b: string, flags: Readonly<Record<string, number>> = {}): string {
  const all = Object.entries({ ...flags, transBatchB: 1 });
  const attributes = Object.fromEntries(all.map(([flag, value]) => [flag, attribute.int(value)]));
  return e.emit("FusedMatMul", [a, b], attributes, "com.microsoft");
}

/** x [C, P] -> [C, a², P / m²] */
const inputTiles = (e: Emitter, x: string, size: Extent, t: Tiling): string =>
  filterEach(e, x, squared(t.inputs), {
    input: size,
    output: cut(size, t),
    kernel: [t.m + 2, t.m + 2],
    stride: t.m,
    padding: [1, 1, 1, 1],
  });

/** The adjoint of `together`: dy [K, P] -> [K, a², P / m²] */
const outputTiles = (e: Emitter, dy: string, size: Extent, t: Tiling): string =>
  filterEach(e, dy, squared(t.outputs), {
    input: size,
    output: cut(size, t),
    kernel: [t.m, t.m],
    stride: t.m,
    padding: [0, 0, 0, 0],
  });

/** The tiles as pixels. */
const cut = (size: Extent, { m }: Tiling): Extent => ({
  ...size,
  height: size.height / m,
  width: size.width / m,
});

/** w [K, C·9] -> [a², K, C] */
function filterTiles(e: Emitter, w: string, c: ConvShape, t: Tiling): string {
  const [k, channels] = [c.output.channels, c.input.channels];
  const tiles = e.emit("Gemm", [constant(e, squared(t.filter)), e.reshape(w, [k * channels, 9])], {
    transB: attribute.int(1),
  });
  return e.reshape(tiles, [points(t), k, channels]);
}

/** Products [a², K, P / m²] -> y [K, P] */
function together(e: Emitter, products: string, size: Extent, t: Tiling): string {
  const { height, width, n } = cut(size, t);
  const flat = e.reshape(products, [points(t), size.channels * height * width * n]);
  const y = e.emit("Gemm", [constant(e, squared(t.outputs)), flat], { transA: attribute.int(1) });
  const tiles = e.reshape(y, [t.m, t.m, size.channels, height, width, n]);
  return asRows(e, e.transpose(tiles, [2, 3, 0, 4, 1, 5]), size);
}
