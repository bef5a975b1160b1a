import { z } from "zod";
import { NacreError } from "../../errors.ts";
import { emojiLike } from "./emoji.ts";
import { traceNormalised } from "./normalise.ts";
import { placedUnitsOf, WORD } from "./units.ts";

/** What fills sequences up behind their end, and what stands for characters that no piece holds. */
export const FILL = 0;
export const UNKNOWN = 1;

/** The first id of a piece. */
export const FIRST_PIECE = 2;

/** A tokeniser as it travels with a model: its pieces in the order in which they were learned, single characters first. */
const schema = z.object({ version: z.literal(1), pieces: z.array(z.string().min(1)) });
export type Vocabulary = z.infer<typeof schema>;

/** A piece of a text, and the code units of the text as it was written that it was made of. */
export interface Token {
  readonly id: number;
  readonly from: number;
  /** Behind the last. */
  readonly to: number;
  /** Whether it belongs to a word that was learned; undefined for what is no word. */
  readonly familiar: boolean | undefined;
}

/** A unit in pieces: their ids and lengths in code units, WORD not counted. */
interface Split {
  readonly parts: readonly { readonly id: number; readonly length: number }[];
  readonly familiar: boolean | undefined;
}

/** Letters for each piece beyond the first in a word that was learned: what falls into shorter ones was hardly seen. */
const LETTERS_PER_PIECE = 4;

/** Words whose pieces are remembered. */
const REMEMBERED = 20_000;

/**
 * From text to the ids of pieces, the same in Node and in browsers. Byte pair encoding (Sennrich et al. 2016,
 * algorithm 1) within words; what was learned first is joined first.
 */
export class Tokeniser {
  readonly #pieces: readonly string[];
  readonly #ids: ReadonlyMap<string, number>;
  readonly #words = new Map<string, Split>();

  constructor({ pieces }: Vocabulary) {
    this.#pieces = pieces;
    this.#ids = new Map(pieces.map((piece, i) => [piece, FIRST_PIECE + i]));
  }

  /** From the JSON of a bundle. Throws NacreError("weights") where it is no vocabulary. */
  static parse(json: string): Tokeniser {
    let vocabulary: Vocabulary;
    try {
      vocabulary = schema.parse(JSON.parse(json));
    } catch (cause) {
      throw new NacreError("weights", "The model's vocabulary cannot be read; download the model again.", {
        cause,
      });
    }
    return new Tokeniser(vocabulary);
  }

  /** As JSON for a bundle. */
  toJSON(): Vocabulary {
    return { version: 1, pieces: [...this.#pieces] };
  }

  /** How many ids there are, FILL and UNKNOWN among them. */
  get size(): number {
    return FIRST_PIECE + this.#pieces.length;
  }

  /**
   * A text's pieces in order; for a character that is in none, an emoji that says about the same, or UNKNOWN. Spaces
   * belong to no piece.
   */
  trace(text: string): Token[] {
    const normalised = traceNormalised(text);
    const tokens: Token[] = [];
    for (const { unit, at } of placedUnitsOf(normalised.text)) {
      let start = at;
      const { parts, familiar } = this.#split(unit);
      for (const { id, length } of parts) {
        // A piece of nothing but WORD lies where its word begins.
        const { from, to } = normalised.origin(start, start + Math.max(1, length));
        tokens.push({ id, from, to: length === 0 ? from : to, familiar });
        start += length;
      }
    }
    return tokens;
  }

  /**
   * The share of a text, in code units of its words, that is in words which were learned, in [0, 1]; of a text without
   * words, that of its pieces which are known; 0 of nothing.
   */
  static knownShare(tokens: readonly Token[]): number {
    const words = tokens.filter(({ familiar }) => familiar !== undefined);
    if (words.length === 0)
      return tokens.filter(({ id }) => id !== UNKNOWN).length / Math.max(1, tokens.length);
    const size = (some: readonly Token[]) => some.reduce((sum, { from, to }) => sum + to - from, 0);
    return size(words.filter(({ familiar }) => familiar)) / Math.max(1, size(words));
  }

  /** The ids of a text's pieces, as `trace` finds them. */
  encode(text: string): number[] {
    return this.trace(text).map(({ id }) => id);
  }

  /** What an id stands for. */
  piece(id: number): string {
    return this.#pieces[id - FIRST_PIECE] ?? (id === FILL ? "" : "\ufffd");
  }

  #split(unit: string): Split {
    const known = this.#words.get(unit);
    if (known) return known;
    const parts = this.#join([...unit]).map((piece) => ({
      id: this.#ids.get(piece) ?? this.#idOfLike(piece),
      length: piece.startsWith(WORD) ? piece.length - WORD.length : piece.length,
    }));
    const letters = parts.reduce((sum, { length }) => sum + length, 0);
    const seen =
      parts.every(({ id }) => id !== UNKNOWN) && parts.length <= Math.max(1, letters / LETTERS_PER_PIECE);
    const split = { parts, familiar: /\p{L}/u.test(unit) ? seen : undefined };
    if (this.#words.size >= REMEMBERED) this.#words.clear();
    this.#words.set(unit, split);
    return split;
  }

  /** Of a character that is in no piece. */
  #idOfLike(character: string): number {
    const like = emojiLike(character).find((emoji) => this.#ids.has(emoji));
    return like === undefined ? UNKNOWN : this.#ids.get(like)!;
  }

  /** Joins neighbours as long as a piece holds both: the one learned first, and of equal ones the leftmost. */
  #join(parts: string[]): string[] {
    const rank = (i: number) => this.#ids.get(parts[i]! + parts[i + 1]!) ?? Number.POSITIVE_INFINITY;
    const ranks = Array.from({ length: parts.length - 1 }, (_, i) => rank(i));
    while (ranks.length > 0) {
      const place = ranks.indexOf(Math.min(...ranks));
      if (ranks[place] === Number.POSITIVE_INFINITY) break;
      parts.splice(place, 2, parts[place]! + parts[place + 1]!);
      ranks.splice(place, 1);
      if (place > 0) ranks[place - 1] = rank(place - 1);
      if (place < ranks.length) ranks[place] = rank(place);
    }
    return parts;
  }
}
