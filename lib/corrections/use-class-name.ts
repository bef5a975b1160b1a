"use client";

import { useTranslations } from "use-intl";
import type { Manifest } from "../../engine/release/manifest.ts";
import { useChoices } from "../ui/preferences.tsx";
import type { ClassOrNone } from "./correction.ts";

/** The name of a class in the reader's language, or "None of these"; of a class that is no more, its id. */
export function useClassName(classes: Manifest["classes"]): (id: ClassOrNone) => string {
  const t = useTranslations("corrections");
  const { locale } = useChoices();
  return (id) => (id === null ? t("none") : (classes.find((entry) => entry.id === id)?.[locale] ?? id));
}
