import type { Dirent } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { extname, join } from "node:path";
import { NacreError } from "../errors.ts";
import type { Sample } from "./sample.ts";

/** The parts of a data set; "val" is what choices are made on, "test" is reported once. */
export type SplitName = "train" | "val" | "test";

/** Labelled files found in a folder, or other examples found elsewhere. */
export interface ClassFolder<Example extends { readonly label: number } = Sample> {
  readonly directory: string;
  /** What the examples are, for sentences: "pictures", "recordings", "texts". */
  readonly files: string;
  /** Class names in the order of the labels. */
  readonly classes: readonly string[];
  /** The folder's own splits where it has them, else everything is in `all`. */
  readonly splits: Partial<Readonly<Record<SplitName | "all", readonly Example[]>>>;
}

/** Labelled pictures found in a folder. */
export type ImageFolder = ClassFolder;

/** What files are looked for, by the ends of their names. */
export interface FileKind {
  /** What they are called, several of them. */
  readonly plural: string;
  readonly readable: ReadonlySet<string>;
  /** Files of the same sort that would be missed in silence if they were passed over like notes and tables. */
  readonly unreadable: ReadonlySet<string>;
  /** The name of one, for errors, and the formats to save others in. */
  readonly example: string;
  readonly saveAs: string;
  /** Folders that may lie beside the splits and hold no class. */
  readonly beside?: readonly string[];
}

/** How folders are understood. */
export interface ScanOptions {
  /** The class that a folder's name stands for, or undefined to take the name as it is. */
  readonly aliases?: (name: string) => string | undefined;
  /** A model's classes in the order of its labels: the folder may hold only some, and no others. */
  readonly classes?: readonly string[];
  /** Lists pictures in formats that we do not read with the others, for whoever names each of them. */
  readonly foreign?: boolean;
}

const SPLITS: ReadonlyMap<string, SplitName> = new Map([
  ["train", "train"],
  ["training", "train"],
  ["val", "val"],
  ["valid", "val"],
  ["validation", "val"],
  ["test", "test"],
  ["testing", "test"],
]);

const PICTURES: FileKind = {
  plural: "pictures",
  readable: new Set([".jpg", ".jpeg", ".jpe", ".jfif", ".png", ".webp", ".avif", ".gif"]),
  unreadable: new Set([".heic", ".heif", ".tif", ".tiff", ".bmp", ".jxl", ".jp2", ".psd", ".svg"]),
  example: "picture.jpg",
  saveAs: "JPEG or PNG",
};

/** Finds the pictures of class folders, as `scanFolder` says. */
export const scanImageFolder = (directory: string, options?: ScanOptions): Promise<ImageFolder> =>
  scanFolder(directory, PICTURES, options);

/**
 * Finds the files of one kind in `{train,val,test}/<class>/` or plain `<class>/` folders by their names, sorted
 * by code unit so that every machine sees the same order. Hidden files and files of other kinds are
 * passed over; nothing is opened. Memory: one path and one label per file.
 *
 * @throws NacreError "input": a folder that cannot be read, no files of the kind, files in a format that
 *   we do not read, fewer than two classes, or a class that the model does not have
 */
export async function scanFolder(
  directory: string,
  kind: FileKind,
  options: ScanOptions = {},
): Promise<ClassFolder> {
  const top = await folders(directory);
  const named = top.map((name) => SPLITS.get(name.toLowerCase()));
  const isBeside = (name: string) => kind.beside?.includes(name.toLowerCase()) ?? false;
  const hasSplits = named.includes("train") && top.every((name, i) => named[i] || isBeside(name));
  const found: Found[] = [];
  if (hasSplits) {
    for (const [i, name] of top.entries()) {
      if (named[i]) await collect(join(directory, name), named[i], kind, options, found);
    }
  } else {
    await collect(directory, "all", kind, options, found);
  }
  if (found.length === 0) {
    throw new NacreError(
      "input",
      `${directory} holds no ${kind.plural} in class folders; it should look like <class>/${kind.example} or train/<class>/${kind.example}.`,
    );
  }
  const classes = options.classes ?? [...new Set(found.map(({ name }) => name))].sort();
  if (classes.length < 2) {
    throw new NacreError(
      "input",
      `${directory} holds one class only, ${classes[0]}; a classifier needs ${kind.plural} of at least two.`,
    );
  }
  const labels = new Map(classes.map((name, label) => [name, label]));
  const splits: Partial<Record<SplitName | "all", Sample[]>> = {};
  for (const { split, name, folder, files } of found) {
    const label = labels.get(name);
    if (label === undefined) {
      throw new NacreError(
        "input",
        `${folder}: the model has no class ${name}; rename or remove the folder, or train a model of your own on it.`,
      );
    }
    splits[split] ??= [];
    for (const file of files) splits[split].push({ path: join(folder, file), label });
  }
  return { directory, files: kind.plural, classes, splits };
}

/** A class folder with files of the kind. */
interface Found {
  readonly split: SplitName | "all";
  readonly name: string;
  readonly folder: string;
  readonly files: readonly string[];
}

/** Adds the class folders of `directory` that hold files of the kind. */
async function collect(
  directory: string,
  split: Found["split"],
  kind: FileKind,
  { aliases, foreign = false }: ScanOptions,
  found: Found[],
): Promise<void> {
  for (const name of await folders(directory)) {
    const folder = join(directory, name);
    const files = await filesOf(kind, folder, foreign);
    if (files.length > 0) found.push({ split, name: aliases?.(name) ?? name, folder, files });
  }
}

/** Names of the folders in a folder, sorted, without hidden ones. */
async function folders(directory: string): Promise<string[]> {
  const names: string[] = [];
  for (const entry of await entries(directory)) {
    if (await is("directory", directory, entry)) names.push(entry.name);
  }
  return names.sort();
}

/** Names of the files of a kind in a folder, sorted. */
async function filesOf(kind: FileKind, folder: string, foreign: boolean): Promise<string[]> {
  const names: string[] = [];
  for (const entry of await entries(folder)) {
    const extension = extname(entry.name).toLowerCase();
    const unreadable = kind.unreadable.has(extension);
    if (unreadable && !foreign) {
      throw new NacreError(
        "input",
        `${join(folder, entry.name)}: ${kind.plural} in this format (${extension.slice(1).toUpperCase()}) cannot be read; save them as ${kind.saveAs}, or move them away.`,
      );
    }
    if ((kind.readable.has(extension) || unreadable) && (await is("file", folder, entry)))
      names.push(entry.name);
  }
  return names.sort();
}

async function entries(directory: string): Promise<Dirent[]> {
  try {
    const all = await readdir(directory, { withFileTypes: true });
    return all.filter(({ name }) => !name.startsWith(".") && name !== "__MACOSX");
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    const why =
      code === "ENOENT"
        ? "does not exist; check the path"
        : code === "ENOTDIR"
          ? "is a file; give the folder that holds the class folders"
          : "cannot be opened; check its permissions";
    throw new NacreError("input", `The folder ${directory} ${why}.`, { cause });
  }
}

/** Whether an entry is a folder or a file, through a link if it is one; a broken link is neither. */
async function is(kind: "directory" | "file", directory: string, entry: Dirent): Promise<boolean> {
  if (!entry.isSymbolicLink()) return kind === "directory" ? entry.isDirectory() : entry.isFile();
  const target = await stat(join(directory, entry.name)).catch(() => undefined);
  return (kind === "directory" ? target?.isDirectory() : target?.isFile()) ?? false;
}
