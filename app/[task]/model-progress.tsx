"use client";

import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import type { InputKind } from "../../lib/content.ts";
import type { ModelState } from "../../lib/inference/protocol.ts";
import { Button } from "../../lib/ui/button.tsx";
import { ByteProgress } from "../../lib/ui/byte-progress.tsx";
import { useQuantities } from "../../lib/ui/quantities.ts";

interface ModelProgressProps {
  readonly model: ModelState;
  /** What the task takes. */
  readonly kind: InputKind;
  /** Something was handed in and waits. */
  readonly waiting: boolean;
  readonly onPause: () => void;
  readonly onResume: () => void;
}

/** What happens before there is an answer: the model comes, is checked, is ready, looks. */
export function ModelProgress({ model, kind, waiting, onPause, onResume }: ModelProgressProps) {
  const t = useTranslations("model");
  const tAnswer = useTranslations("answer");
  switch (model.phase) {
    case "loading":
      return (
        <Transfer
          key="loading"
          title={t("loading")}
          hint={waiting ? t(`loadingHint.${kind}`) : undefined}
          {...model}
        >
          <Button onClick={onPause}>{t("pause")}</Button>
        </Transfer>
      );
    case "paused":
      return (
        <Transfer key="paused" title={t("paused")} hint={t("pausedHint")} {...model}>
          <Button onClick={onResume}>{t("resume")}</Button>
        </Transfer>
      );
    case "interrupted":
      return (
        <Transfer key="interrupted" title={t("interrupted")} hint={t("interruptedHint")} {...model}>
          <Button onClick={onResume}>{t("retry")}</Button>
        </Transfer>
      );
    case "preparing":
      return (
        <Line
          key="preparing"
          title={t("preparing")}
          hint={waiting ? t(`loadingHint.${kind}`) : t("readyHint")}
          busy
        />
      );
    default:
      return waiting ? (
        <Line key="working" title={tAnswer("working")} busy />
      ) : (
        <Line key="ready" title={t(`ready.${kind}`)} hint={t("readyHint")} />
      );
  }
}

function Line({
  title,
  hint,
  busy = false,
}: {
  readonly title: string;
  readonly hint?: string;
  readonly busy?: boolean;
}) {
  return (
    <>
      <h2 className="text-xl font-medium text-muted">
        {title}
        {busy && (
          <span aria-hidden="true" className="motion-safe:animate-pulse">
            …
          </span>
        )}
      </h2>
      {hint !== undefined && <p className="mt-1 text-sm text-muted">{hint}</p>}
    </>
  );
}

function Transfer({
  title,
  hint,
  received,
  total,
  children,
}: {
  readonly title: string;
  readonly hint: string | undefined;
  readonly received: number;
  readonly total: number;
  readonly children: ReactNode;
}) {
  const t = useTranslations("model");
  const { megabyteCount, megabytes } = useQuantities();
  return (
    <div className="flex items-end gap-5">
      <div className="min-w-0 flex-1">
        <h2 className="text-xl font-medium text-muted">{title}</h2>
        <p className="figures mt-1 mb-2 text-sm text-muted">
          {t("progress", { received: megabyteCount(received), total: megabytes(total) })}
          {hint !== undefined && ` · ${hint}`}
        </p>
        <ByteProgress received={received} total={total} label={title} />
      </div>
      {children}
    </div>
  );
}
