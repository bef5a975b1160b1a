/** Hands bytes that this page made to the reader, as a file of that name. */
export function saveFile(content: Blob, name: string): void {
  const url = URL.createObjectURL(content);
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000); // the browser reads it in its own time
}

/** Excel takes a table for UTF-8 only with this mark before it. */
const UTF8_MARK = "\uFEFF";

/** The same for a table, given as CSV. */
export function saveTable(csv: string, name: string): void {
  saveFile(new Blob([UTF8_MARK, csv], { type: "text/csv" }), name);
}
