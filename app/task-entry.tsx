"use client";

import Link from "next/link";
import { useTranslations } from "use-intl";
import type { Manifest } from "../engine/release/manifest.ts";
import type { InputKind } from "../lib/content.ts";
import { ArrowIcon } from "../lib/ui/icons.tsx";
import { useChoices } from "../lib/ui/preferences.tsx";
import { useQuantities } from "../lib/ui/quantities.ts";
import { samplesOf } from "./samples.ts";
import { TaskMark } from "./task-mark.tsx";

/** What the home page tells of a task. */
export interface ListedTask {
  readonly task: string;
  readonly title: Manifest["title"];
  readonly classes: Manifest["classes"];
  readonly takes: InputKind;
  /** Top-1 accuracy on `testedOn` pictures that took no part in training. */
  readonly top1: number;
  readonly testedOn: number;
}

/** A task as in the index of a field guide: a sample or its mark, its name, and everything it can tell apart. */
export function TaskEntry({ task, title, classes, top1, testedOn }: ListedTask) {
  const t = useTranslations("home");
  const { locale } = useChoices();
  const { share, count } = useQuantities();
  const [sample] = samplesOf(task);
  return (
    <li data-task={task} className="grid gap-x-14 gap-y-5 border-t border-line py-7 lg:grid-cols-[5fr_7fr]">
      <div className="flex gap-6">
        {sample === undefined ? (
          <span className="shrink-0 text-signal">
            <TaskMark task={task} />
          </span>
        ) : (
          // biome-ignore lint/performance/noImgElement: a few kB that are kept offline as they are.
          <img
            src={sample.address}
            alt=""
            width={144}
            height={108}
            className="h-auto w-24 shrink-0 self-start rounded-sm sm:w-36"
          />
        )}
        <div>
          <h3 className="text-xl font-semibold">
            <Link
              href={`/${task}`}
              className="group decoration-signal decoration-2 underline-offset-4 hover:underline"
            >
              {title[locale]}{" "}
              <span className="ml-0.5 inline-block align-[-0.15em] text-signal transition-transform group-hover:translate-x-1">
                <ArrowIcon />
              </span>
            </Link>
          </h3>
          <p className="mt-1 text-sm text-muted">
            {t("kinds", { count: classes.length })} ·{" "}
            {t("accuracy", { share: share(top1), count: count(testedOn) })}
          </p>
        </div>
      </div>
      <ul className="columns-2 gap-x-6 text-sm text-muted sm:columns-3 xl:columns-5">
        {classes.map((entry) => (
          <li key={entry.id} className="break-inside-avoid py-0.5">
            {entry[locale]}
          </li>
        ))}
      </ul>
    </li>
  );
}
