"use client";

import Link from "next/link";
import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { useTranslations } from "use-intl";
import type { JobState, ShownJob } from "../../lib/runs/job.ts";
import { Button } from "../../lib/ui/button.tsx";
import { ask, type Fault } from "./ask.ts";
import { FaultSentence } from "./fault-sentence.tsx";

/** Milliseconds between two looks at jobs that wait or go on. */
const LOOK_EVERY = 3000;

interface JobsListProps {
  readonly jobs: readonly ShownJob[];
  /** Whether they can be cancelled. */
  readonly isOwner: boolean;
  /** Whether they wait for a worker that somebody has to start. */
  readonly hasWorkers: boolean;
}

/** What was asked for, kept up to date for as long as something is to be done. */
export function JobsList({ jobs, isOwner, hasWorkers }: JobsListProps) {
  const t = useTranslations("jobs");
  const router = useRouter();
  const isActive = jobs.some(isToDo);
  useEffect(() => {
    if (!isActive) return;
    const timer = setInterval(() => router.refresh(), LOOK_EVERY);
    return () => clearInterval(timer);
  }, [isActive, router]);
  if (jobs.length === 0) return null;
  return (
    <section className="mt-8">
      <h2 className="text-xl font-semibold">{t("jobs")}</h2>
      {hasWorkers && jobs.every(({ state }) => state !== "running") && isActive && (
        <p className="mt-1 text-sm text-muted">{t("waitsForWorker")}</p>
      )}
      <ul className="mt-3 border-b border-line">
        {jobs.map((job) => (
          <JobRow key={job.id} job={job} isOwner={isOwner} />
        ))}
      </ul>
    </section>
  );
}

const isToDo = ({ state }: ShownJob): boolean => state === "queued" || state === "running";

const dots: Readonly<Record<JobState, string>> = {
  queued: "border border-edge",
  running: "bg-accent motion-safe:animate-pulse",
  finished: "bg-accent",
  stopped: "bg-edge",
  failed: "bg-danger",
  lost: "bg-danger",
};

function JobRow({ job, isOwner }: { readonly job: ShownJob; readonly isOwner: boolean }) {
  const t = useTranslations("jobs");
  const router = useRouter();
  const [refused, setRefused] = useState<Fault>();
  const { id, kind, task, name, runId, state, reason, isStopping } = job;
  const isCancellable =
    isOwner && !isStopping && (state === "queued" || (state === "running" && kind === "train"));
  const fault = refused ?? (state === "failed" && reason !== null ? { sentence: reason } : undefined);
  async function cancel() {
    const answer = await ask(`/runs/jobs/${id}/stop`);
    setRefused(answer.ok ? undefined : answer);
    router.refresh();
  }
  return (
    <li className="flex flex-wrap items-center gap-x-6 gap-y-1 border-t border-line py-2">
      <p className="min-w-0 flex-1 basis-56">
        {runId === null ? (
          <span className="font-medium wrap-anywhere">{name}</span>
        ) : (
          <Link
            href={`/runs/${runId}`}
            className="font-medium wrap-anywhere underline-offset-4 hover:underline"
          >
            {name}
          </Link>
        )}
        <span className="block text-sm text-muted wrap-anywhere">{t(`kinds.${kind}`, { task })}</span>
      </p>
      <p className="inline-flex min-h-11 items-center gap-2 text-sm" aria-live="polite">
        <span aria-hidden="true" className={`size-2 rounded-full ${dots[state]}`} />
        {isStopping ? t("stopping") : t(`states.${state}`)}
      </p>
      {isCancellable && (
        <Button aria-label={t("cancelOne", { name })} onClick={() => void cancel()}>
          {t("cancel")}
        </Button>
      )}
      {state === "finished" && kind === "release" && reason !== null && (
        <p className="w-full text-sm text-muted">
          {t("released", { version: reason })}{" "}
          <Link href={`/models/${task}`} className="underline underline-offset-4">
            {t("see")}
          </Link>
        </p>
      )}
      {fault && (
        <p className="w-full text-sm text-danger wrap-anywhere">
          <FaultSentence sentence={fault.sentence} />
        </p>
      )}
    </li>
  );
}
