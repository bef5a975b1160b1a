"use client";

import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { useTranslations } from "use-intl";
import type { ClassOrNone } from "../../../lib/corrections/correction.ts";
import type { WaitingCorrection } from "../../../lib/server/corrections/inbox.ts";
import { OwnerSignIn } from "../../../lib/ui/owner-sign-in.tsx";
import type { NamedTask } from "../corrections-view.tsx";
import { ReviewItem } from "./review-item.tsx";

interface ReviewViewProps {
  readonly isOwner: boolean;
  /** Those that come first, the oldest first. */
  readonly waiting: readonly WaitingCorrection[];
  /** Of all. */
  readonly total: number;
  readonly tasks: readonly NamedTask[];
}

/** One correction after the other, to be accepted or rejected. */
export function ReviewView({ isOwner, waiting, total, tasks }: ReviewViewProps) {
  const t = useTranslations("corrections");
  const router = useRouter();
  const [done, setDone] = useState<ReadonlySet<number>>(new Set());
  const [said, setSaid] = useState<string>();
  const left = waiting.filter(({ id }) => !done.has(id));
  const [current] = left;
  const task = tasks.find((one) => one.task === current?.task);

  // The next ones, once these are done.
  useEffect(() => {
    if (waiting.length > 0 && left.length === 0) router.refresh();
  }, [waiting.length, left.length, router]);

  async function review(id: number, verdict: { accept: ClassOrNone } | { reject: true }, sentence: string) {
    const answer = await fetch(`/corrections/review/${id}`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(verdict),
    }).catch(() => undefined);
    const isReviewed = answer?.status === 409; // somebody was quicker
    if (answer?.ok || isReviewed) setDone((before) => new Set(before).add(id));
    setSaid(answer?.ok ? sentence : t(isReviewed ? "review.already" : "review.failed"));
  }

  return (
    <div className="page">
      <title>{t("review.title")}</title>
      <h1 className="text-2xl font-semibold sm:text-3xl">{t("review.heading")}</h1>
      <p className="mt-3 max-w-prose text-lg text-muted">{isOwner ? t("review.lead") : t("review.signIn")}</p>
      <p role="status" className="mt-4 min-h-[1lh] text-sm font-medium">
        {said}
      </p>
      {isOwner && (
        <p className="figures mt-1 text-sm text-muted">
          {current === undefined
            ? t("review.none")
            : t("review.waiting", { count: total - (waiting.length - left.length) })}
        </p>
      )}
      {current !== undefined && (
        <ReviewItem
          key={current.id}
          correction={current}
          classes={task?.classes ?? []}
          onReview={(verdict, sentence) => void review(current.id, verdict, sentence)}
        />
      )}
      <OwnerSignIn isOwner={isOwner} />
    </div>
  );
}
