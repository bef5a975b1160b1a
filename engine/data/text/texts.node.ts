import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { NacreError } from "../../errors.ts";
import type { SplitName } from "../folder.ts";
import { type LabelledText, readTextTable, type TextColumns } from "./table.node.ts";

/** A table of texts, and the split that its name says it is; none says so of its own in "reviews.csv". */
export interface TextTable {
  readonly path: string;
  readonly split: SplitName | undefined;
}

const TABLE = /\.(tsv|csv)(\.gz)?$/i;

const SPLITS: Readonly<Record<string, SplitName>> = {
  train: "train", training: "train", val: "val", valid: "val", validation: "val", dev: "val", test: "test",
}; // biome-ignore format: a list

/** Whether a file's name is that of a table. */
export const isTableName = (name: string): boolean => TABLE.test(name);

/**
 * The tables that `data` means: itself, or all in a folder and below it, in the order of their paths; hidden files and
 * folders are passed over.
 *
 * @throws NacreError "input" where there is none
 */
export async function findTextTables(data: string): Promise<TextTable[]> {
  const found = await stat(data).catch(() => undefined);
  const paths = found?.isDirectory()
    ? (await readdir(data, { recursive: true }))
        .filter((name) => isTableName(name) && !/(^|[\\/])\./.test(name))
        .sort()
        .map((name) => join(data, name))
    : found
      ? [data]
      : [];
  if (paths.length === 0)
    throw new NacreError("input", `${data} holds no tables; name a TSV or CSV file, or a folder with some.`);
  return paths.map((path) => {
    const name = path.split(/[\\/]/).at(-1)!.replace(TABLE, "").toLowerCase();
    return { path, split: SPLITS[name] };
  });
}

/** Columns of a table, that of labels among them. */
export type LabelColumns = TextColumns & { readonly label: string };

/** A text of a class, by its index. */
export interface TextSample {
  readonly text: string;
  readonly label: number;
  /** Where it comes from; "" where the table does not say. */
  readonly source: string;
}

/**
 * The texts of tables as they are read, each with its class.
 *
 * @param classOf the index of the class that a label means, below 0 where it means none
 * @throws NacreError "input" as `readTextTable` does, and on a label that is missing or means no class
 */
export async function* readTexts(
  tables: readonly TextTable[],
  columns: LabelColumns,
  classOf: (label: string) => number,
): AsyncGenerator<TextSample> {
  for (const { path } of tables) {
    for await (const row of readTextTable(path, columns)) {
      const label = labelOf(row, path, columns);
      const index = classOf(label);
      if (index < 0)
        throw new NacreError(
          "input",
          `${path}: "${label.slice(0, 40)}" in the column "${columns.label}" is none of the classes. Is it the right column?`,
        );
      yield { text: row.text, label: index, source: row.source };
    }
  }
}

/** All labels in tables, in the order in which numbers and then words would be sorted. Throws as `readTextTable` does. */
export async function labelsIn(tables: readonly TextTable[], columns: LabelColumns): Promise<string[]> {
  const labels = new Set<string>();
  for (const { path } of tables) {
    for await (const row of readTextTable(path, columns)) {
      labels.add(labelOf(row, path, columns));
      if (labels.size > MOST_LABELS)
        throw new NacreError(
          "input",
          `${path}: the column "${columns.label}" holds more than ${MOST_LABELS} different labels. Is it the right column? Name another by --label.`,
        );
    }
  }
  return [...labels].sort((a, b) => a.localeCompare(b, "en", { numeric: true }));
}

/** A column with more is none of labels. */
const MOST_LABELS = 200;

function labelOf({ text, label }: LabelledText, path: string, columns: LabelColumns): string {
  const known = label.trim();
  if (known !== "") return known;
  throw new NacreError(
    "input",
    `${path}: "${text.slice(0, 40)}" has nothing in the column "${columns.label}". Say what it is, or remove its row.`,
  );
}
