import type { Manifest } from "../../engine/release/manifest.ts";
import type { Locale } from "../preferences.ts";

type Classes = Manifest["classes"];

/** The classes whose name in either language holds what is searched for, by their names in the reader's language. */
export function findClasses(classes: Classes, search: string, locale: Locale): Classes {
  const folded = (text: string) => text.normalize("NFKC").toLowerCase().trim();
  const wanted = folded(search);
  const { compare } = new Intl.Collator(locale);
  return classes
    .filter(({ id, en, zh }) => [id, en, zh].some((name) => folded(name).includes(wanted)))
    .sort((a, b) => compare(a[locale], b[locale]));
}
