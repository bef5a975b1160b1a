"use client";

import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import type { Manifest } from "../../engine/release/manifest.ts";
import type { ChosenRelease } from "../../lib/inference/use-release.ts";
import { useChoices } from "../../lib/ui/preferences.tsx";
import { ModelChoice } from "./model-choice.tsx";
import { NewerModel } from "./newer-model.tsx";
import { Reliability } from "./reliability.tsx";

interface TaskFrameProps<Kind extends Manifest> {
  readonly task: string;
  readonly releases: readonly Kind[];
  readonly release: ChosenRelease<Kind>;
  /** What stands beside the title. */
  readonly lead: string;
  readonly children: ReactNode;
}

/** What the pages of all tasks share: above, the title; below, the models to choose from and how far to trust them. */
export function TaskFrame<Kind extends Manifest>({
  task,
  releases,
  release: { manifest, newer, choose, update },
  lead,
  children,
}: TaskFrameProps<Kind>) {
  const t = useTranslations("task");
  const { locale } = useChoices();
  const title = manifest.title[locale];
  const { reliability, n } = manifest.metrics;
  return (
    <div data-task={task} className="page">
      <title>{t("pageTitle", { title })}</title>
      <div className="mb-5 flex flex-wrap items-baseline justify-between gap-x-6 sm:mb-7">
        <h1 className="text-2xl font-semibold sm:text-3xl">{title}</h1>
        <p className="text-sm text-muted">{lead}</p>
      </div>
      {children}
      <ModelChoice releases={releases} chosen={manifest} onChoose={choose} />
      {newer !== undefined && <NewerModel current={manifest} release={newer} onUpdate={update} />}
      {reliability !== undefined && (
        <Reliability bins={reliability} testedOn={n} kind={manifest.input.kind} />
      )}
    </div>
  );
}
