import { hasPictureEnding } from "../../../engine/data/image/pictureName.ts";
import { NacreError } from "../../../engine/errors.ts";
import type { ZipEntry } from "./zip-directory.ts";

/** A file of a zip and where it goes, as names of folders and at last of the file itself. */
export interface Place {
  readonly entry: ZipEntry;
  readonly parts: readonly string[];
}

/** What a zip is taken for. */
export interface Places {
  readonly places: readonly Place[];
  /** Files that training does not read. */
  readonly leftOut: number;
}

/** As `scanFolder` understands the names of folders. */
const split = /^(train(ing)?|val(id|idation)?|test(ing)?)$/i;

/** What Windows takes for a device, whatever follows the dot (Microsoft, "Naming Files, Paths, and Namespaces"). */
const device = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;

/** What programs put into zips for themselves. */
const litter = /^(__MACOSX$|\.)/;

const recording = /\.wave?$/i;

/**
 * Where the files of a zip go: {train,val,test}/<class>/… or <class>/…, without the folders around all of it. Files
 * that training does not read, and hidden ones, are left out.
 *
 * @throws NacreError("input") on a name that leads somewhere else, a link, a locked file, one that is there twice or
 *   lies too deep
 */
export function placesOf(entries: readonly ZipEntry[]): Places {
  const files = entries.flatMap((entry) => {
    const parts = safeParts(entry);
    return entry.name.endsWith("/") ? [] : [{ entry, parts }];
  });
  const wanted = files.filter(({ parts }) => isWanted(parts));
  if (wanted.length === 0)
    throw new NacreError(
      "input",
      "The zip holds no pictures or recordings in class folders; it should look like <class>/picture.jpg or train/<class>/picture.jpg.",
    );
  const around = wrapping(wanted.map(({ parts }) => parts));
  const places = wanted.map(({ entry, parts }) => ({ entry, parts: parts.slice(around) }));
  const taken = new Set<string>();
  for (const { entry, parts } of places) {
    const depth = split.test(parts[0]!) ? 3 : 2;
    if (parts.length < 2 || parts.length > depth)
      throw new NacreError(
        "input",
        `${entry.name} in the zip lies ${parts.length < 2 ? "beside the class folders" : "deeper than in a class folder"}; it should look like <class>/picture.jpg or train/<class>/picture.jpg.`,
      );
    const path = parts.join("/");
    if (taken.has(path)) throw odd(entry, "is there twice");
    taken.add(path);
  }
  return { places, leftOut: files.length - wanted.length };
}

/** An entry's path as names, each of them one that is harmless on every system. */
function safeParts(entry: ZipEntry): readonly string[] {
  const { name } = entry;
  if (entry.isLink) throw odd(entry, "is a link to another file");
  if (entry.isLocked) throw odd(entry, "is locked by a password");
  if (name.includes("\\"))
    throw odd(entry, "has a backslash in its name, which another system takes for part of a folder’s name");
  if (name.startsWith("/") || /^[a-z]:/i.test(name)) throw odd(entry, "names a place outside the zip");
  const parts = name.replace(/\/$/, "").split("/");
  for (const part of parts) {
    if (part === "..") throw odd(entry, "names a place outside the zip");
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
    if (part === "" || part === "." || part.length > 255 || /[\u0000-\u001f\u007f:]|[. ]$/.test(part))
      throw odd(entry, "has a name that not every system can write");
    if (device.test(part)) throw odd(entry, "has the name of a device");
  }
  return parts;
}

/** A name may hold anything: it is shown as JSON would write it, and not at any length. */
function odd({ name }: ZipEntry, what: string): NacreError {
  const shown = JSON.stringify(name.length > 100 ? `${name.slice(0, 100)}…` : name);
  return new NacreError("input", `${shown} in the zip ${what}. Nothing was unpacked; pack the folder anew.`);
}

function isWanted(parts: readonly string[]): boolean {
  const file = parts.at(-1)!;
  return !parts.some((part) => litter.test(part)) && (hasPictureEnding(file) || recording.test(file));
}

/** How many folders lie around all classes: a zip of one folder has its name before everything. */
function wrapping(paths: readonly (readonly string[])[]): number {
  let around = 0;
  for (;;) {
    const name = paths[0]![around]!;
    const isAround =
      !split.test(name) && paths.every((parts) => parts[around] === name && parts.length > around + 2);
    if (!isAround) return around;
    around++;
  }
}
