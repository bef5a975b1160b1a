import type { TableError } from "../../engine/data/text/delimited.ts";

/** Why nothing can be read from a file, or not on from a line. */
export type TableFault =
  | { readonly kind: "empty" | "notText" | "oldWorkbook" | "workbook" | "hugeWorkbook" }
  | { readonly kind: TableError["fault"]; readonly line: number };

/** A file that is no table; the page has a sentence for each fault. */
export class TableFileError extends Error {
  readonly fault: TableFault;

  constructor(fault: TableFault, cause?: unknown) {
    super(fault.kind, { cause });
    this.fault = fault;
  }
}
