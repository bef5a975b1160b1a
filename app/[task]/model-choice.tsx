"use client";

import { useTranslations } from "use-intl";
import type { Manifest } from "../../engine/release/manifest.ts";
import { releaseBytes } from "../../lib/inference/release-files.ts";
import { useQuantities } from "../../lib/ui/quantities.ts";

interface ModelChoiceProps<Kind extends Manifest> {
  readonly releases: readonly Kind[];
  readonly chosen: Kind;
  readonly onChoose: (release: Kind) => void;
}

const link = "underline decoration-edge underline-offset-4 transition-colors hover:text-ink";

/** The models to choose from, what each can do and what each may be used for. */
export function ModelChoice<Kind extends Manifest>({ releases, chosen, onChoose }: ModelChoiceProps<Kind>) {
  const t = useTranslations("model");
  const { share, megabytes } = useQuantities();
  const name = (variant: string) => (variant === "standard" || variant === "light" ? t(variant) : variant);
  const hint = (variant: string) =>
    variant === "standard" || variant === "light" ? t(`${variant}Hint`) : undefined;
  const { licence } = chosen;
  return (
    <section className="mt-8 border-t border-line pt-6">
      <fieldset>
        <legend className="mb-3 font-semibold">{t("legend")}</legend>
        <div className="grid gap-3 sm:grid-cols-2">
          {releases.map((release) => (
            <label
              key={release.version}
              className="flex cursor-pointer gap-3 rounded-md border border-line p-4 transition-colors hover:border-edge has-checked:border-signal has-checked:bg-sheet has-focus-visible:outline-2 has-focus-visible:outline-offset-3 has-focus-visible:outline-signal"
            >
              <input
                type="radio"
                name="model"
                value={release.variant}
                checked={release.variant === chosen.variant}
                onChange={() => onChoose(release)}
                className="mt-1 size-4 shrink-0 accent-signal outline-none"
              />
              <span className="min-w-0 flex-1 text-sm text-muted">
                <span className="flex justify-between gap-4 text-base">
                  <span className="font-medium text-ink">{name(release.variant)}</span>
                  <span className="figures">{megabytes(releaseBytes(release))}</span>
                </span>
                <span className="figures mt-0.5 block">
                  {[t("accuracy", { share: share(release.metrics.top1.value) }), hint(release.variant)]
                    .filter(Boolean)
                    .join(" · ")}
                </span>
                <span className="mt-0.5 block">
                  {release.licence.nonCommercial ? t("nonCommercial") : t("free")}
                </span>
              </span>
            </label>
          ))}
        </div>
      </fieldset>
      <p className="mt-4 max-w-prose text-sm text-muted">
        {licence.credit}{" "}
        {licence.url === undefined ? (
          licence.name
        ) : (
          <a href={licence.url} className={link}>
            {licence.name}
          </a>
        )}
        {" · "}
        <a href={`/models/${chosen.task}/${chosen.version}/card.md`} className={link}>
          {t("card")}
        </a>
      </p>
    </section>
  );
}
