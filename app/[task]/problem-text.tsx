"use client";

import { useTranslations } from "use-intl";
import type { Problem } from "../../lib/inference/protocol.ts";
import { AlertIcon } from "../../lib/ui/icons.tsx";
import { useQuantities } from "../../lib/ui/quantities.ts";

/** All that can go wrong with what was handed in, or with the model. */
export type Fault = Problem | { readonly kind: "noFile" };

/** What went wrong, and what to do. */
interface FaultWords {
  readonly title: string;
  readonly hint: string;
}

/** Puts faults into the reader's language: names the file, the cause and the next step. */
export function useFaultWords(): (fault: Fault) => FaultWords {
  const t = useTranslations("problem");
  const tSound = useTranslations("sound.problem");
  const { large, count, megabytes } = useQuantities();
  return (problem) => {
    if (problem.kind === "gone") {
      return { title: t("gone.title", { name: problem.name }), hint: t("gone.hint") };
    }
    if (problem.kind === "sound") {
      const { name, fault } = problem;
      const values = { format: "", codec: "", limit: 0, ...fault, name };
      return { title: tSound(`${fault.kind}.title`, values), hint: tSound(`${fault.kind}.hint`, values) };
    }
    if (problem.kind === "largeRecording") {
      const values = { name: problem.name, limit: megabytes(problem.limit) };
      return { title: tSound("large.title", values), hint: tSound("large.hint", values) };
    }
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
  };
}

/** What went wrong and what to do. */
export function ProblemText({ problem }: { readonly problem: Fault }) {
  return <FaultAlert {...useFaultWords()(problem)} />;
}

/** The same for what other pages find wrong, in their own words. */
export function FaultAlert({ title, hint }: FaultWords) {
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
