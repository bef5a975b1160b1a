"use client";

import { useTranslations } from "use-intl";
import type { Manifest } from "../../engine/release/manifest.ts";
import { releaseBytes } from "../../lib/inference/use-inference.ts";
import { Notice } from "../../lib/ui/notice.tsx";
import { useQuantities } from "../../lib/ui/quantities.ts";

interface NewerModelProps {
  readonly release: Manifest;
  readonly onUpdate: () => void;
}

/** Offers a release that is newer than the one in use, with what it can do and what it costs. */
export function NewerModel({ release, onUpdate }: NewerModelProps) {
  const t = useTranslations("update");
  const { share, megabytes } = useQuantities();
  const values = { share: share(release.metrics.top1.value), size: megabytes(releaseBytes(release)) };
  return <Notice text={t("model", values)} action={t("get")} onAction={onUpdate} />;
}
