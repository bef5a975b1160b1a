import type { Manifest } from "../../engine/release/manifest.ts";
import type { Locale } from "../../lib/preferences.ts";
import type { Possibility } from "../../lib/ui/bars.tsx";

/** The classes by falling probability, under their names in the reader's language. */
export function likeliest(
  { classes }: Pick<Manifest, "classes">,
  probabilities: ArrayLike<number>,
  locale: Locale,
): Possibility[] {
  return classes
    .map((entry, i) => ({
      id: entry.id,
      name: entry[locale],
      probability: probabilities[i] ?? 0,
    }))
    .sort((a, b) => b.probability - a.probability);
}

/** A name as the beginning of a sentence or an entry of a list. */
export function capitalised(name: string, locale: Locale): string {
  return name.slice(0, 1).toLocaleUpperCase(locale) + name.slice(1);
}
