import type { TextConfig } from "./textConfig.ts";

/** How texts are learned from nothing but some ten thousand labelled ones. */
const recipe: TextConfig = {
  network: "text-lstm",
  epochs: 5,
  batch: 64,
  optimiser: { name: "adamw", weightDecay: 0.02 },
  schedule: { name: "cosine", rate: 2e-3, warmUp: 0.05 },
  statistics: "live",
  freeze: [],
  rates: {},
  l1: 0,
  l2: 0,
  labelSmoothing: 0.02,
  clip: 1,
  average: 0.998,
  balanced: false,
  seed: 1,
  pieces: { size: 16_384, minimum: 4 },
  grams: { longest: 3, buckets: 2 ** 19 },
  embedding: 128,
  hidden: 160,
  layers: 1,
  dropout: 0.3,
  window: 200,
  wordDropout: 0.1,
  partial: 0.6,
  bag: { epochs: 2, rate: 0.1, share: 0.75 },
  draws: {},
};

/** Steps that few texts are read for, in many epochs. */
const LEAST_STEPS = 1500;
/** Few texts need few pieces: a piece for so many texts. */
const TEXTS_PER_PIECE = 4;

/** The recipe for so many texts. */
export function textRecipe(texts: number): TextConfig {
  const batch = Math.max(1, Math.min(recipe.batch, 2 ** Math.floor(Math.log2(Math.max(1, texts / 8)))));
  const steps = Math.max(1, Math.floor(texts / batch));
  const epochs = Math.max(recipe.epochs, Math.min(40, Math.ceil(LEAST_STEPS / steps)));
  const size = Math.min(recipe.pieces.size, Math.max(2000, Math.round(texts / TEXTS_PER_PIECE)));
  const minimum = texts < 2000 ? 2 : recipe.pieces.minimum;
  const buckets = 2 ** Math.min(19, Math.max(14, Math.ceil(Math.log2(texts * 4))));
  return { ...recipe, batch, epochs, pieces: { size, minimum }, grams: { ...recipe.grams, buckets } };
}
