import { z } from "zod";
import { trainingSchema } from "./config.ts";

const count = z.number().int().min(1);
const share = z.number().min(0).max(1);

/** What decides a run on texts. */
export const textSchema = trainingSchema.extend({
  epochs: count,
  /** Pieces that are learned of the training texts: so many ids at most, of characters and pairs seen so often at least. */
  pieces: z.strictObject({ size: count, minimum: count }),
  /** n-grams that the network reads beside the order of the pieces. */
  grams: z.strictObject({ longest: z.number().int().min(2), buckets: z.number().int().min(2) }),
  /** Sizes of the network, as TextClassifierOptions has them. */
  embedding: count,
  hidden: count,
  layers: count,
  dropout: z.number().min(0).max(0.9),
  /** Pieces that are read at once; of a longer text each epoch reads another window. */
  window: count,
  /** The share of the pieces that are made unknown in training, so that no single one decides. */
  wordDropout: share,
  /**
   * How often a text of a source that lacks classes says nothing of those: a collection of reviews without neutral
   * ones is no evidence that no review is neutral.
   */
  partial: share,
  /**
   * After training, a bag of n-grams is learned alone, in so many epochs at this rate, and this share of it is added
   * to the network's wide part, which learns less while an LSTM answers beside it.
   */
  bag: z.strictObject({ epochs: count, rate: z.number().positive(), share: z.number().min(0) }),
  /** How often each text of a source is read in an epoch, one number for each class; once where it is not said. */
  draws: z.record(z.string(), z.array(z.number().min(0)).readonly()).readonly(),
});

/** Everything that decides the result of a run on texts, beside them: plain JSON. */
export type TextConfig = z.infer<typeof textSchema>;
