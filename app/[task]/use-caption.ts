"use client";

import { useTranslations } from "use-intl";
import type { Photo } from "../../lib/batch/batch.ts";

/** A photo's name and its size in pixels, once it was read. */
export function useCaption(photo: Photo | undefined): string | undefined {
  const t = useTranslations("picture");
  if (photo?.state.phase !== "answered") return undefined;
  const { width, height } = photo.state.answer;
  return t("caption", { name: photo.file.name, width, height });
}
