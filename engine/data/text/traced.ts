/**
 * A text that knows where each of its code units came from, so that what is found in it after many replacements can
 * be shown in the text as it was written.
 */
export class TracedText {
  readonly text: string;
  /** For each code unit the places in the source where what became it begins and ends; none where nothing moved. */
  readonly #origin: { readonly from: Uint32Array; readonly to: Uint32Array } | undefined;

  private constructor(text: string, origin?: { from: Uint32Array; to: Uint32Array }) {
    this.text = text;
    this.#origin = origin;
  }

  /** A text as it was written. */
  static of(source: string): TracedText {
    return new TracedText(source);
  }

  /** Where the code units from `from` up to, not including, `to` came from in the source; at least one is wanted. */
  origin(from: number, to: number): { from: number; to: number } {
    if (!this.#origin) return { from, to };
    return { from: this.#origin.from[from]!, to: this.#origin.to[to - 1]! };
  }

  /**
   * The text with all that a global pattern matches replaced, by what is said of the match and its groups. Where both
   * are of one length, each code unit stands for that in its place; else all for the whole match.
   */
  replace(pattern: RegExp, by: (match: string, ...groups: (string | undefined)[]) => string): TracedText {
    const changes: { at: number; length: number; fresh: string }[] = [];
    let grown = this.text.length;
    for (const found of this.text.matchAll(pattern)) {
      const [match, ...groups] = found;
      const fresh = by(match, ...groups);
      if (fresh === match) continue;
      changes.push({ at: found.index, length: match.length, fresh });
      grown += fresh.length - match.length;
    }
    if (changes.length === 0) return this;

    const origin = { from: new Uint32Array(grown), to: new Uint32Array(grown) };
    const parts: string[] = [];
    let [read, written] = [0, 0];
    const keep = (end: number) => {
      parts.push(this.text.slice(read, end));
      for (; read < end; read++, written++) {
        const { from, to } = this.origin(read, read + 1);
        origin.from[written] = from;
        origin.to[written] = to;
      }
    };
    for (const { at, length, fresh } of changes) {
      keep(at);
      parts.push(fresh);
      for (let i = 0; i < fresh.length; i++, written++) {
        const { from, to } =
          fresh.length === length ? this.origin(at + i, at + i + 1) : this.origin(at, at + length);
        origin.from[written] = from;
        origin.to[written] = to;
      }
      read = at + length;
    }
    keep(this.text.length);
    return new TracedText(parts.join(""), origin);
  }
}
