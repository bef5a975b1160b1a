import type { Manifest } from "../../engine/release/manifest.ts";
import {
  type AnsweredRows,
  isWanted,
  likeliestClass,
  type RowAnswer,
  type RowSelection,
} from "./answered-rows.ts";
import type { TableFile } from "./table-file.ts";

/** So many rows become one piece of the file. */
const rowsInPiece = 1000;

/**
 * The table as it was, each row with its answer behind it, as CSV (RFC 4180) in pieces: the likeliest class's id,
 * "unknown" for a language that was not learnt, nothing for a row without a text, and the probability of each class.
 * Rows that are not answered yet or not wanted are left out.
 */
export async function* tableCsv(
  { rows }: Pick<TableFile, "rows">,
  { classes }: Pick<Manifest, "classes">,
  answers: AnsweredRows,
  selection: RowSelection,
  header: boolean,
): AsyncGenerator<string> {
  let lines = "";
  let index = 0;
  let named = false;
  for await (const fields of rows()) {
    if (!named) {
      named = true;
      const names = header ? fields : fields.map((_, column) => `column_${column + 1}`);
      lines += line([...names, "answer", ...classes.map(({ id }) => id)]);
      if (header) continue;
    }
    const row = answers.at(index++);
    if (row === undefined) break;
    if (isWanted(row, selection)) lines += line([...fields, ...told(row.answer, classes)]);
    if (index % rowsInPiece > 0) continue;
    yield lines;
    lines = "";
  }
  yield lines;
}

function told(answer: RowAnswer | undefined, classes: Manifest["classes"]): string[] {
  if (answer === undefined) return ["", ...classes.map(() => "")];
  const name = answer.known ? classes[likeliestClass(answer)]!.id : "unknown";
  return [name, ...Array.from(answer.probabilities, (probability) => probability.toFixed(6))];
}

const line = (fields: readonly string[]) => `${fields.map(quoted).join(",")}\r\n`;

const quoted = (field: string) => (/[",;\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field);
