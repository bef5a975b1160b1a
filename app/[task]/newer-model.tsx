"use client";

import { useTranslations } from "use-intl";
import type { Manifest } from "../../engine/release/manifest.ts";
import { releaseBytes } from "../../lib/inference/release-files.ts";
import { Notice } from "../../lib/ui/notice.tsx";
import { useQuantities } from "../../lib/ui/quantities.ts";

interface NewerModelProps {
  /** The release that answers in this browser. */
  readonly current: Manifest;
  /** The release that the server has in its place. */
  readonly release: Manifest;
  readonly onUpdate: () => void;
}

/** Offers the release that is served in place of the one in use, with what it can do and what it costs. */
export function NewerModel({ current, release, onUpdate }: NewerModelProps) {
  const t = useTranslations("update");
  const say = useTranslations("workshop.models");
  const { share, megabytes } = useQuantities();
  const values = { share: share(release.metrics.top1.value), size: megabytes(releaseBytes(release)) };
  const wasTakenBack = release.created < current.created;
  const text = wasTakenBack ? say("takenBack", values) : t("model", values);
  return <Notice text={text} action={t("get")} onAction={onUpdate} />;
}
