import { dropout, linear } from "../nn/layers.ts";
import type { Layer } from "../nn/scope.ts";
import { attentionOverTime, embedding, lstm, type RecurrentOptions } from "../nn/sequence.ts";

/** The sizes of a classifier of token sequences. */
export interface LstmOptions extends RecurrentOptions {
  /** Token ids from 0, which fills up, to vocabulary − 1. */
  readonly vocabulary: number;
  readonly classes: number;
  /** Numbers for a token. */
  readonly embedding: number;
  /** Units of each layer and direction. */
  readonly hidden: number;
}

/**
 * Embeddings, an LSTM, and attention that weighs its states (Zhou et al. 2016, without the last tanh):
 * ids, int64 [N, T] -> logits [N, classes]. `dropout` also falls on the embeddings and on what the head sees.
 */
export function lstmClassifier(options: LstmOptions): Layer {
  const { vocabulary, classes, embedding: width, hidden, bidirectional = false, dropout: rate = 0 } = options;
  const states = bidirectional ? 2 * hidden : hidden;
  return (ids, scope) => {
    const { steps, lengths } = embedding(vocabulary, width)(ids, scope.child("embedding"));
    const seen = { steps: dropout(rate, { alike: [0] })(steps, scope.child("embedding")), lengths };
    const read = lstm(width, hidden, options)(seen, scope.child("lstm"));
    const vector = attentionOverTime(states)(read, scope.child("attention"));
    const head = scope.child("head");
    return linear(states, classes)(dropout(rate)(vector, head), head);
  };
}
