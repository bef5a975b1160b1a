"use client";

import { useTranslations } from "use-intl";
import type { Problem } from "../../lib/inference/protocol.ts";
import { AlertIcon } from "../../lib/ui/icons.tsx";
import { useQuantities } from "../../lib/ui/quantities.ts";

/** What went wrong and what to do: names the file, the cause and the next step, in the reader's language. */
export function ProblemText({ problem }: { readonly problem: Problem | { readonly kind: "noFile" } }) {
  const t = useTranslations("problem");
  const { large, count } = useQuantities();

  function words(): { readonly title: string; readonly hint: string } {
    if (problem.kind !== "picture") {
      return { title: t(`${problem.kind}.title`), hint: t(`${problem.kind}.hint`) };
    }
    const { name, fault } = problem;
    switch (fault.kind) {
      case "foreign":
        return fault.format === "HEIC"
          ? { title: t("heic.title", { name }), hint: t("heic.hint") }
          : { title: t("foreign.title", { name, format: fault.format }), hint: t("foreign.hint") };
      case "damaged":
        return { title: t("damaged.title", { name }), hint: t("damaged.hint", { format: fault.format }) };
      case "tooLarge":
        return {
          title: t("tooLarge.title", { name }),
          hint: t("tooLarge.hint", {
            width: count(fault.width),
            height: count(fault.height),
            limit: large(fault.limit),
          }),
        };
      default:
        return { title: t(`${fault.kind}.title`, { name }), hint: t(`${fault.kind}.hint`) };
    }
  }

  const { title, hint } = words();
  return (
    <div role="alert">
      <h2 className="flex gap-3 text-xl font-medium text-danger">
        <span className="mt-1.5">
          <AlertIcon />
        </span>
        <span className="line-clamp-3 min-w-0 wrap-anywhere">{title}</span>
      </h2>
      <p className="mt-2">{hint}</p>
    </div>
  );
}
