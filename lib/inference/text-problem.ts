import { TableFileError } from "../text/table-fault.ts";
import { pictureProblem } from "./problems.ts";
import type { TextProblem } from "./text-protocol.ts";

/** Why nothing came of a text or a table, as a record that the page can put into words. */
export function textProblem(error: unknown, name: string): TextProblem {
  if (error instanceof TableFileError) return { kind: "table", name, fault: error.fault };
  return pictureProblem(error, name);
}
