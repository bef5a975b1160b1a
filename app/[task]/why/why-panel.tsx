"use client";

import { useFormatter, useTranslations } from "use-intl";
import { Button } from "../../../lib/ui/button.tsx";
import { useQuantities } from "../../../lib/ui/quantities.ts";
import { HeatScale } from "./heat-map.tsx";
import type { Why } from "./use-why.ts";

interface WhyPanelProps {
  readonly why: Why;
  /** The explained class as the beginning of a sentence. */
  readonly name: string;
}

/** Asks why, or no more. */
export function WhyButton({ why: { asked, ask } }: { readonly why: Why }) {
  const t = useTranslations("why");
  return (
    <Button aria-pressed={asked} onClick={() => ask(!asked)}>
      {t("ask")}
    </Button>
  );
}

/** Says in words what the colours over the picture show, and sets how strong they are. */
export function WhyPanel({ why, name }: WhyPanelProps) {
  const t = useTranslations("why");
  const { opacity, setOpacity } = why;
  const sentence = useSentence(why, name);
  return (
    <div className="mt-4 text-sm">
      <p role="status" className="figures min-h-[2lh]">
        {sentence}
      </p>
      <div className="flex flex-wrap items-center justify-between gap-x-5 text-muted">
        <label className="flex items-center gap-3">
          {t("opacity")}
          <input
            type="range"
            min={0}
            max={100}
            step={5}
            value={Math.round(opacity * 100)}
            onChange={(event) => setOpacity(Number(event.target.value) / 100)}
            className="h-11 w-28 accent-signal"
          />
        </label>
        <span aria-hidden="true" className="flex items-center gap-2">
          {t("little")}
          <HeatScale />
          {t("much")}
        </span>
      </div>
    </div>
  );
}

function useSentence({ where }: Why, name: string): string {
  const t = useTranslations("why");
  const format = useFormatter();
  const { share } = useQuantities();
  if (where === undefined) return "";
  const { mostly, covers } = where;
  if (covers === 0) return t("nowhere", { name });
  return t("where", {
    name,
    place:
      mostly.length === 0
        ? t("everywhere")
        : t("mostly", {
            regions: format.list(
              mostly.map((region) => t(`regions.${region}`)),
              { type: "conjunction" },
            ),
          }),
    share: share(covers),
  });
}
