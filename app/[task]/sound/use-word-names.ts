"use client";

import { useTranslations } from "use-intl";
import type { Manifest } from "../../../engine/release/manifest.ts";
import { useChoices } from "../../../lib/ui/preferences.tsx";
import { capitalised } from "../likeliest.ts";

/** What the words of a release are called: in the reader's language, with what has to be said where that differs. */
export function useWordNames({ classes }: Pick<Manifest, "classes">): (index: number) => string {
  const t = useTranslations("sound");
  const { locale } = useChoices();
  return (index) => {
    const entry = classes[index];
    if (entry === undefined) return "";
    const name = capitalised(entry[locale], locale);
    return locale === "en" || entry.en === entry[locale] ? name : t("wordSpoken", { name, spoken: entry.en });
  };
}
