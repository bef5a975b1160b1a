/** Saves what this page has made as a file: nothing is sent anywhere. */
export function saveFile(name: string, type: string, ...parts: BlobPart[]): void {
  const url = URL.createObjectURL(new Blob(parts, { type }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000); // the browser reads it in its own time
}

/** Excel takes a table for UTF-8 only with this mark before it. */
export const UTF8_MARK = "\uFEFF";
