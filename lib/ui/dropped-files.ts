/**
 * The files that were dropped or pasted; a folder (where the browser tells of folders) stands for the files below it
 * whose names `fits` accepts, sorted by name, without hidden ones, each called by its path from that folder on.
 *
 * Has to be called while the event is handled: what it holds is gone afterwards.
 */
export function filesOf(
  transfer: DataTransfer | null,
  fits: (name: string) => boolean,
): Promise<readonly File[]> {
  const items = [...(transfer?.items ?? [])].filter(({ kind }) => kind === "file");
  const dropped = items.map((item) => ({ entry: item.webkitGetAsEntry?.() ?? null, file: item.getAsFile() }));
  return Promise.all(
    dropped.map(async ({ entry, file }) => {
      if (entry?.isDirectory) return folder(entry as FileSystemDirectoryEntry, fits);
      return file === null ? [] : [file];
    }),
  ).then((files) => files.flat());
}

async function folder(directory: FileSystemDirectoryEntry, fits: (name: string) => boolean): Promise<File[]> {
  const entries = await list(directory).catch(() => []); // a folder that may not be read holds nothing for us
  const names = new Intl.Collator(undefined, { numeric: true });
  const files: File[] = [];
  for (const entry of entries.sort((a, b) => names.compare(a.name, b.name))) {
    if (entry.name.startsWith(".")) continue;
    if (entry.isDirectory) files.push(...(await folder(entry as FileSystemDirectoryEntry, fits)));
    else if (fits(entry.name)) files.push(await read(entry as FileSystemFileEntry));
  }
  return files;
}

/** All entries of a folder, which come in portions (File and Directory Entries API, WICG, §7.3). */
async function list(directory: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = directory.createReader();
  const all: FileSystemEntry[] = [];
  for (;;) {
    const portion = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    );
    if (portion.length === 0) return all;
    all.push(...portion);
  }
}

async function read(entry: FileSystemFileEntry): Promise<File> {
  const path = entry.fullPath.replace(/^\//, "");
  try {
    const file = await new Promise<File>((resolve, reject) => entry.file(resolve, reject));
    return new File([file], path, { type: file.type, lastModified: file.lastModified });
  } catch {
    return new File([], path); // reading it as a picture will fail by its name
  }
}
