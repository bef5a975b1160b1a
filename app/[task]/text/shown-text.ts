/** The text that the page reads. */
export interface ShownText {
  /** What was typed can be changed; a document is too long for a field and is shown by its beginning. */
  readonly kind: "typed" | "document";
  readonly name: string;
  readonly text: string;
}

/** The files that the page takes, as HTML's accept has them. */
export const textTypes = "text/*,.txt,.csv,.tsv,.xlsx";

/** A field of more characters makes every key slow. */
const longestTyped = 50_000;

/** A text as the field shows it, by its length; `name` is what to call it if it is long. */
export const typedText = (text: string, name: string): ShownText => ({
  kind: text.length > longestTyped ? "document" : "typed",
  name,
  text,
});
