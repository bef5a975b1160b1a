import type { Value } from "../graph/value.ts";
import { add, divide, exp, maximum, multiply, sign, sqrt, subtract } from "../ops/elementwise.ts";
import { sum } from "../ops/shape.ts";

/** What one parameter's update is made from. All tensors have the parameter's shape, `rate` and `step` are scalars. */
export interface Update {
  readonly weight: Value;
  /** The gradient of the loss; or, for optimisers that are `scaled`, −rate times it. */
  readonly gradient: Value;
  readonly rate: Value;
  /** Steps done before this one. */
  readonly step: Value;
  /** What the optimiser remembers of this parameter, by the names in `memory`. */
  readonly state: Readonly<Record<string, Value>>;
}

/** The parameter after the step, with what the optimiser remembers of it from now on. */
export interface Updated {
  readonly weight: Value;
  readonly state: Readonly<Record<string, Value>>;
}

/** How a gradient becomes a step, as a piece of graph. */
export interface Optimiser {
  readonly name: string;
  /** Tensors kept for each parameter, all starting at 0. */
  readonly memory: readonly string[];
  /**
   * Whether the gradient comes multiplied by −rate. Scaling the loss's gradient once is free, and lets the
   * momentum be fused into the product of matrices that makes a weight's gradient.
   */
  readonly scaled: boolean;
  update(update: Update): Updated;
}

/**
 * Stochastic gradient descent with momentum, v ← μ v − η g, w ← w + v, and with Nesterov's look-ahead
 * w ← w + μ v − η g (Sutskever et al. 2013, eq. 1 to 4; Bengio et al. 2013, eq. 7).
 */
export function sgd({ momentum = 0, nesterov = false } = {}): Optimiser {
  return {
    name: "sgd",
    memory: momentum === 0 ? [] : ["velocity"],
    scaled: true,
    update: ({ weight, gradient, state }): Updated => {
      if (momentum === 0) return { weight: add(weight, gradient), state: {} };
      const velocity = add(multiply(state.velocity!, momentum), gradient);
      const move = nesterov ? add(multiply(velocity, momentum), gradient) : velocity;
      return { weight: add(weight, move), state: { velocity } };
    },
  };
}

/** s ← s + g², w ← w − η g / (√s + ε) (Duchi et al. 2011, in the diagonal form). */
export function adagrad({ epsilon = 1e-10 } = {}): Optimiser {
  return {
    name: "adagrad",
    memory: ["squares"],
    scaled: false,
    update: ({ weight, gradient, rate, state }) => {
      const squares = add(state.squares!, multiply(gradient, gradient));
      const move = divide(multiply(gradient, rate), add(sqrt(squares), epsilon));
      return { weight: subtract(weight, move), state: { squares } };
    },
  };
}

/** s ← ρ s + (1 − ρ) g², w ← w − η g / (√s + ε) (Tieleman and Hinton 2012, lecture 6.5). */
export function rmsprop({ decay = 0.99, epsilon = 1e-8 } = {}): Optimiser {
  return {
    name: "rmsprop",
    memory: ["squares"],
    scaled: false,
    update: ({ weight, gradient, rate, state }) => {
      const squares = mix(state.squares!, multiply(gradient, gradient), decay);
      const move = divide(multiply(gradient, rate), add(sqrt(squares), epsilon));
      return { weight: subtract(weight, move), state: { squares } };
    },
  };
}

/** Adam (Kingma and Ba 2015, algorithm 1). */
export const adam = (options: AdamOptions = {}): Optimiser => ({
  ...adamW({ ...options, weightDecay: 0 }),
  name: "adam",
});

interface AdamOptions {
  readonly beta1?: number;
  readonly beta2?: number;
  readonly epsilon?: number;
}

/** Adam with decay of the weights themselves, apart from the gradient (Loshchilov and Hutter 2019, algorithm 2). */
export function adamW(options: AdamOptions & { readonly weightDecay?: number } = {}): Optimiser {
  const { beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8, weightDecay = 0.01 } = options;
  return {
    name: "adamw",
    memory: ["mean", "squares"],
    scaled: false,
    update: ({ weight, gradient, rate, step, state }) => {
      const mean = mix(state.mean!, gradient, beta1);
      const squares = mix(state.squares!, multiply(gradient, gradient), beta2);
      const unbiasedMean = divide(mean, subtract(1, power(beta1, add(step, 1))));
      const unbiasedSquares = divide(squares, subtract(1, power(beta2, add(step, 1))));
      const move = divide(multiply(unbiasedMean, rate), add(sqrt(unbiasedSquares), epsilon));
      const kept = weightDecay === 0 ? weight : multiply(weight, subtract(1, multiply(rate, weightDecay)));
      return { weight: subtract(kept, move), state: { mean, squares } };
    },
  };
}

const mix = (old: Value, fresh: Value, share: number): Value =>
  add(multiply(old, share), multiply(fresh, 1 - share));

/** base ** exponent for a fixed base. */
const power = (base: number, exponent: Value): Value => exp(multiply(exponent, Math.log(base)));

/** Adds the gradient of λ₁ Σ|w| + λ₂/2 Σw² to a gradient. */
export function penalise(weight: Value, gradient: Value, l1: Value | number, l2: Value | number): Value {
  let whole = gradient;
  if (l2 !== 0) whole = add(whole, multiply(weight, l2));
  if (l1 !== 0) whole = add(whole, multiply(sign(weight), l1));
  return whole;
}

/** Scales all gradients so that their joint Euclidean norm is at most `limit` (Pascanu et al. 2013, algorithm 1). */
export function clipByNorm(gradients: readonly Value[], limit: number): Value[] {
  const squares = gradients.map((gradient) => sum(multiply(gradient, gradient)));
  const norm = sqrt(squares.reduce((total, square) => add(total, square)));
  const factor = divide(limit, maximum(norm, limit));
  return gradients.map((gradient) => multiply(gradient, factor));
}
