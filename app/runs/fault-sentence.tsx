"use client";

import { useTranslations } from "use-intl";
import type { Fault } from "./ask.ts";

/** Why a request came to nothing, in the server's words or, where it said none, in the reader's. */
export function FaultSentence({ sentence }: Fault) {
  const t = useTranslations("jobs");
  return <span lang={sentence === undefined ? undefined : "en"}>{sentence ?? t("failed")}</span>;
}
