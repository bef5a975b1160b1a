"use client";

import Link from "next/link";
import { useEffect, useState } from "react";
import { useTranslations } from "use-intl";
import type { Manifest } from "../../engine/release/manifest.ts";
import type { Correction } from "../../lib/corrections/correction.ts";
import { zipCorrections } from "../../lib/corrections/export.ts";
import { listCorrections, removeCorrection } from "../../lib/corrections/store.ts";
import { Button } from "../../lib/ui/button.tsx";
import { useChoices } from "../../lib/ui/preferences.tsx";
import { saveFile } from "../../lib/ui/save-file.ts";
import { CorrectionEntry } from "./correction-entry.tsx";

/** What a task and its classes are called. */
export type NamedTask = Pick<Manifest, "task" | "title" | "classes">;

interface CorrectionsViewProps {
  readonly tasks: readonly NamedTask[];
  readonly isOwner: boolean;
}

/** All corrections of this browser, by their tasks: to look at, to delete, to save, to send one by one. */
export function CorrectionsView({ tasks, isOwner }: CorrectionsViewProps) {
  const t = useTranslations("corrections");
  const [all, setAll] = useState<readonly Correction[] | "unavailable">();
  const [deleted, setDeleted] = useState(false);

  useEffect(() => {
    listCorrections().then(setAll, () => setAll("unavailable"));
  }, []);

  async function remove(id: string) {
    await removeCorrection(id).catch(() => setAll("unavailable"));
    setAll((before) => (Array.isArray(before) ? before.filter((one) => one.id !== id) : before));
    setDeleted(true);
  }
  const change = (changed: Correction) =>
    setAll((before) =>
      Array.isArray(before) ? before.map((one) => (one.id === changed.id ? changed : one)) : before,
    );

  const list = Array.isArray(all) ? (all as readonly Correction[]) : [];
  const groups = [...new Set(list.map(({ task }) => task))].map((task) => ({
    task: tasks.find((one) => one.task === task) ?? {
      task,
      title: { en: task, zh: task },
      classes: [],
    },
    corrections: list.filter((one) => one.task === task),
  }));
  return (
    <div className="page">
      <title>{t("page.title")}</title>
      <h1 className="text-2xl font-semibold sm:text-3xl">{t("page.heading")}</h1>
      <p className="mt-3 max-w-prose text-lg text-muted">{t("page.lead")}</p>
      {isOwner && (
        <p className="mt-3">
          <Link href="/corrections/review" className="underline decoration-edge underline-offset-4">
            {t("review.link")}
          </Link>
        </p>
      )}
      <p role="status" className="sr-only">
        {deleted && t("page.deleted")}
      </p>
      {all === "unavailable" ? (
        <p role="alert" className="mt-8 border-t border-line pt-5 text-danger">
          {t("page.unavailable")}
        </p>
      ) : (
        all?.length === 0 && (
          <div className="mt-8 border-t border-line pt-5">
            <p className="font-medium">{t("page.none")}</p>
            <p className="text-muted">{t("page.noneHint")}</p>
          </div>
        )
      )}
      {groups.map(({ task, corrections }) => (
        <TaskCorrections
          key={task.task}
          task={task}
          corrections={corrections}
          onChange={change}
          onDelete={(id) => void remove(id)}
        />
      ))}
    </div>
  );
}

interface TaskCorrectionsProps {
  readonly task: NamedTask;
  readonly corrections: readonly Correction[];
  readonly onChange: (correction: Correction) => void;
  readonly onDelete: (id: string) => void;
}

function TaskCorrections({ task, corrections, onChange, onDelete }: TaskCorrectionsProps) {
  const t = useTranslations("corrections.page");
  const { locale } = useChoices();
  const title = task.title[locale];
  return (
    <section data-task={task.task} className="mt-10 border-t border-line pt-5">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <h2 className="text-xl font-semibold">{title}</h2>
        <p className="figures mr-auto text-sm text-muted">{t("count", { count: corrections.length })}</p>
        <Button
          aria-label={t("exportOf", { title })}
          onClick={async () => saveFile(await zipCorrections(corrections), `${task.task}-corrections.zip`)}
        >
          {t("export")}
        </Button>
      </div>
      <p className="mt-2 max-w-prose text-sm wrap-anywhere text-muted">
        {t("exportHint", { task: task.task })}
      </p>
      <ul className="mt-4">
        {corrections.map((correction) => (
          <CorrectionEntry
            key={correction.id}
            correction={correction}
            classes={task.classes}
            onChange={onChange}
            onDelete={onDelete}
          />
        ))}
      </ul>
    </section>
  );
}
