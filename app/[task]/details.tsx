"use client";

import { useTranslations } from "use-intl";
import { networksOf } from "../../engine/release/kinds.ts";
import type { Manifest } from "../../engine/release/manifest.ts";
import type { Answer, ModelState } from "../../lib/inference/protocol.ts";
import { releaseBytes } from "../../lib/inference/release-files.ts";
import { useQuantities } from "../../lib/ui/quantities.ts";
import { useOnline } from "../../lib/ui/use-online.ts";

interface DetailsProps {
  readonly manifest: Manifest;
  readonly model: ModelState;
  readonly answer: Pick<Answer, "readMs" | "networkMs"> | undefined;
}

/** The small print of an answer: how long, on what, by which model. */
export function Details({ manifest, model, answer }: DetailsProps) {
  const t = useTranslations("details");
  const { duration, megabytes } = useQuantities();
  const online = useOnline();
  const ready = model.phase === "ready" ? model : undefined;
  const rows = [
    {
      name: t("time"),
      value:
        answer &&
        t("timeValue", {
          total: duration(answer.readMs + answer.networkMs),
          network: duration(answer.networkMs),
        }),
    },
    {
      name: t("device"),
      value: ready && (ready.device === "webgpu" ? t("webgpu") : t("wasm", { threads: ready.threads })),
    },
    { name: t("model"), value: `${networksOf(manifest)} · ${manifest.version}` },
    { name: t("size"), value: megabytes(ready?.bytes ?? releaseBytes(manifest)) },
  ];
  const notes = [
    ready?.fallback && t(`fallback.${ready.fallback}`),
    ready?.unkept && t(`unkept.${ready.unkept}`),
    online ? undefined : t("offline"),
  ];
  return (
    <div className="mt-6 border-t border-line pt-4 text-sm">
      <h2 className="sr-only">{t("heading")}</h2>
      <dl className="grid grid-cols-[auto_1fr] gap-x-6 gap-y-1">
        {rows.map(({ name, value }) => (
          <div key={name} className="col-span-2 grid grid-cols-subgrid">
            <dt className="text-muted">{name}</dt>
            <dd className="figures">{value ?? "–"}</dd>
          </div>
        ))}
      </dl>
      <p role="status" className="mt-2 min-h-[1lh] text-muted">
        {notes.filter(Boolean).join(" ")}
      </p>
    </div>
  );
}
