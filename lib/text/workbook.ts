import { unzipSync, zipSync } from "fflate";
import { readSheet } from "read-excel-file/universal";
import { TableFileError } from "./table-fault.ts";

/** What a workbook may unpack to, in bytes: beyond that, a page would fall over. */
const mostBytes = 400e6;

/** The rows of a workbook's first sheet (.xlsx). Throws TableFileError where it is none, or too large. */
export async function readWorkbook(file: ArrayBuffer): Promise<string[][]> {
  const sheet = await readSheet(restored(new Uint8Array(file)), { trim: false }).catch((cause) => {
    throw new TableFileError({ kind: "workbook" }, cause);
  });
  return sheet.map((row) => row.map(textOf)).filter((row) => row.some((field) => field !== ""));
}

/**
 * The same archive with nothing compressed: the library would unpack large parts in workers made of blobs, which the
 * page's policy rightly refuses.
 */
function restored(archive: Uint8Array): ArrayBuffer {
  let bytes = 0;
  try {
    const parts = unzipSync(archive, {
      filter({ name, originalSize }) {
        if (!/\.(xml|rels)$/.test(name)) return false; // pictures and the like
        bytes += originalSize;
        if (bytes > mostBytes) throw new TableFileError({ kind: "hugeWorkbook" });
        return true;
      },
    });
    return zipSync(parts, { level: 0 }).buffer as ArrayBuffer;
  } catch (cause) {
    throw cause instanceof TableFileError ? cause : new TableFileError({ kind: "workbook" }, cause);
  }
}

/** A cell as text; dates as in ISO 8601, without the time where it is midnight. */
function textOf(cell: unknown): string {
  if (cell === null || cell === undefined) return "";
  return cell instanceof Date ? cell.toISOString().replace(/T00:00:00\.000Z$/, "") : String(cell);
}
