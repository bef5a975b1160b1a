"use client";

import { useTranslations } from "use-intl";
import type { TextProblem } from "../../../lib/inference/text-protocol.ts";
import { useQuantities } from "../../../lib/ui/quantities.ts";
import { FaultAlert, ProblemText } from "../problem-text.tsx";

/** All that can go wrong with a text or a table that was handed in. */
export type TextFault =
  | TextProblem
  | { readonly kind: "noText" }
  /** A file of more than `limit` bytes that was to be read as one text. */
  | { readonly kind: "tooLong"; readonly name: string; readonly limit: number };

/** What went wrong with a text or a table, and what to do. */
export function TextFaultText({ fault }: { readonly fault: TextFault }) {
  const t = useTranslations("text.fault");
  const { megabyteCount } = useQuantities();
  if (fault.kind === "table") {
    const { name, fault: cause } = fault;
    const line = "line" in cause ? cause.line : 0;
    return <FaultAlert title={t(`${cause.kind}.title`, { name })} hint={t(`${cause.kind}.hint`, { line })} />;
  }
  if (fault.kind === "noText") return <FaultAlert title={t("noText.title")} hint={t("noText.hint")} />;
  if (fault.kind === "tooLong") {
    const limit = megabyteCount(fault.limit);
    return (
      <FaultAlert title={t("tooLong.title", { name: fault.name })} hint={t("tooLong.hint", { limit })} />
    );
  }
  return <ProblemText problem={fault} />;
}
