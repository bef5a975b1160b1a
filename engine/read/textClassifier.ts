import { columnsOf, type Grams, withGrams } from "../data/text/grams.ts";
import { Tokeniser } from "../data/text/tokeniser.ts";
import { windowsOf } from "../data/text/windows.ts";
import { CONTRIBUTIONS, DIRECTION, TOKENS } from "../networks/textClassifier.ts";
import { float32, type Session, type Tensor } from "../runtime/runtime.ts";

/** What texts are read with. */
export interface TextReader {
  readonly tokeniser: Tokeniser;
  /** As in the manifest's input. */
  readonly grams: Grams;
  readonly window: number;
  readonly classes: number;
  /** The graph that answers. */
  readonly session: Session;
  /** The graph of contributions, where somebody wants to know why. */
  readonly why?: Session;
}

/** What a network makes of a text. */
export interface TextOpinion {
  /** [classes]: the mean over the windows that the text is read in, by their lengths. */
  readonly logits: Float32Array;
  /** The share of the text that the network has learned to read, in [0, 1]; to be compared with the manifest's threshold. */
  readonly known: number;
  /** Pieces that were read; 0 where there is nothing to read, and the logits say nothing. */
  readonly pieces: number;
}

/** A stretch of a text as it was written, and what it says for a direction. */
export interface Contribution {
  readonly from: number;
  /** Behind the last code unit. */
  readonly to: number;
  readonly weight: number;
}

/** Pieces in one run of the graph, fill included: enough to be quick, few enough for little memory. */
const PIECES_PER_RUN = 8192;

/** One stretch of a text that the network reads at once. */
interface Window {
  readonly text: number;
  readonly rows: Int32Array;
  readonly share: number;
}

/**
 * Reads texts and answers, the same in training, on servers and in browsers. Long texts are read in windows of like
 * length, and nothing is left out; what is together in a call changes no answer beyond rounding.
 */
export async function classifyTexts(reader: TextReader, texts: readonly string[]): Promise<TextOpinion[]> {
  const { tokeniser, grams, window, classes, session } = reader;
  const read = texts.map((text) => tokeniser.trace(text));
  const opinions = read.map((tokens) => ({
    logits: new Float32Array(classes),
    known: Tokeniser.knownShare(tokens),
    pieces: tokens.length,
  }));
  const windows: Window[] = read.flatMap((tokens, text) =>
    windowsOf(tokens.length, window).map(({ from, to }) => ({
      text,
      rows: withGrams(
        tokens.slice(from, to).map(({ id }) => id),
        grams,
      ),
      share: (to - from) / tokens.length,
    })),
  );
  windows.sort((a, b) => a.rows.length - b.rows.length);
  const columns = columnsOf(grams);
  for (let at = 0; at < windows.length; ) {
    const run = runFrom(windows, at, columns);
    const { logits } = await session.run({
      [TOKENS]: tensorOf(
        run.map(({ rows }) => rows),
        columns,
      ),
    });
    for (const [n, { text, share }] of run.entries()) {
      const sums = opinions[text]!.logits;
      for (let c = 0; c < classes; c++) sums[c]! += share * (logits!.data as Float32Array)[n * classes + c]!;
    }
    at += run.length;
  }
  return opinions;
}

/** As many windows as fit into a run, from the shortest on. */
function runFrom(windows: readonly Window[], at: number, columns: number): Window[] {
  let end = at + 1;
  while (end < windows.length && (end + 1 - at) * (windows[end]!.rows.length / columns) <= PIECES_PER_RUN)
    end++;
  return windows.slice(at, end);
}

/** Rows of several windows, filled up with 0 to the longest: int64 [N, T, columns]. */
function tensorOf(rows: readonly Int32Array[], columns: number): Tensor<"int64"> {
  const width = rows.reduce((most, { length }) => Math.max(most, length), 0);
  const data = new BigInt64Array(rows.length * width);
  for (const [n, row] of rows.entries())
    for (let i = 0; i < row.length; i++) data[n * width + i] = BigInt(row[i]!);
  return { type: "int64", dims: [rows.length, width / columns, columns], data };
}

/**
 * What each piece of a text says for a direction among the classes, such as (−1, 0, 1) for positive rather than
 * negative; an n-gram's say is shared evenly by its pieces. Spans follow each other in the text.
 */
export async function explainText(
  { tokeniser, grams, window, classes, why }: TextReader,
  text: string,
  direction: Float32Array,
): Promise<Contribution[]> {
  const tokens = tokeniser.trace(text);
  const columns = columnsOf(grams);
  const weights = new Float64Array(tokens.length);
  for (const { from, to } of windowsOf(tokens.length, window)) {
    const rows = withGrams(
      tokens.slice(from, to).map(({ id }) => id),
      grams,
    );
    const { [CONTRIBUTIONS]: said } = await why!.run({
      [TOKENS]: tensorOf([rows], columns),
      [DIRECTION]: float32(direction, [classes]),
    });
    const share = (to - from) / tokens.length;
    for (let t = from; t < to; t++) {
      for (let n = 0; n < columns && n <= t - from; n++) {
        const say = (said!.data as Float32Array)[(t - from) * columns + n]!;
        for (let piece = t - n; piece <= t; piece++) weights[piece]! += (share * say) / (n + 1);
      }
    }
  }
  return tokens.map(({ from, to }, t) => ({ from, to, weight: weights[t]! }));
}
