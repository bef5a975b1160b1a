import type { Manifest } from "../engine/release/manifest.ts";
import type { Locale } from "../lib/preferences.ts";

/** A picture to try a task with, drawn for this site: its source is the SVG of the same name beside it. */
export interface Sample {
  /** Where the site serves it. */
  readonly address: string;
  /** The id of the class that it shows. */
  readonly shows: string;
}

/** Under public/samples/<task>/: <class>.svg, and what was rendered from it at 800 × 600 to <class>.webp. */
const drawn: Readonly<Record<string, readonly string[]>> = {
  instruments: ["guitar", "xylophone", "maracas"],
  marine: ["turtle", "starfish", "jellyfish"],
};

/** The sample pictures of a task, the first for where there is room for one; none for tasks without. */
export const samplesOf = (task: string): readonly Sample[] =>
  (drawn[task] ?? []).map((shows) => ({ address: `/samples/${task}/${shows}.webp`, shows }));

/** The same under the names of what they show. */
export const namedSamples = (task: string, classes: Manifest["classes"], locale: Locale) =>
  samplesOf(task).map(({ address, shows }) => ({
    address,
    name: classes.find(({ id }) => id === shows)?.[locale] ?? shows,
  }));
