import type { Diagnosis, Labelled } from "../../engine/doctor/diagnosis.ts";
import { thumbnail } from "../../engine/doctor/thumbnail.ts";

/** The longer side of a small picture, in pixels: shown at half of that where the screen is a fine one. */
const SIDE = 192;

/** How many findings of a kind the page shows, so that a browser can still open it. */
export const SHOWN = 500;

/** How many pictures of one group of duplicates the page shows. */
export const OF_GROUP = 12;

/** Pictures that are read at once. */
const AT_ONCE = 4;

/** Small copies of the pictures that the page shows, by their paths. */
export async function embedThumbnails(
  { duplicates, labels, tiny, blank }: Diagnosis,
  onProgress: (done: number, of: number) => void,
): Promise<ReadonlyMap<string, string>> {
  const shown: Labelled[] = [
    ...labels.suspects.slice(0, SHOWN).map(({ picture }) => picture),
    ...duplicates.slice(0, SHOWN).flatMap(({ pictures }) => pictures.slice(0, OF_GROUP)),
    ...tiny.slice(0, SHOWN).map(({ picture }) => picture),
    ...blank.slice(0, SHOWN),
  ];
  const paths = [...new Set(shown.map(({ path }) => path))];
  const small = new Map<string, string>();
  for (let start = 0; start < paths.length; start += AT_ONCE) {
    const next = paths.slice(start, start + AT_ONCE);
    const copies = await Promise.all(next.map((path) => thumbnail(path, SIDE)));
    for (const [i, path] of next.entries()) small.set(path, copies[i]!);
    onProgress(small.size, paths.length);
  }
  return small;
}
