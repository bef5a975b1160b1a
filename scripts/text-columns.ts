/** Which columns of a table hold what, as far as a person says. */

import type { LabelColumns } from "../engine/data/text/texts.node.ts";

/** Names of columns, from the command line. */
export interface ColumnWishes {
  /** "text" by default. */
  readonly text?: string;
  /** "label" by default. */
  readonly label?: string;
}

/** The columns of a table of labelled texts. */
export const columnsOf = ({ text = "text", label = "label" }: ColumnWishes): LabelColumns => ({
  text,
  label,
  source: "source",
});
