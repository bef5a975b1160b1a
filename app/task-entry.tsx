"use client";

import Link from "next/link";
import { useTranslations } from "use-intl";
import type { Manifest } from "../engine/release/manifest.ts";
import type { InputKind } from "../lib/content.ts";
import { ArrowIcon } from "../lib/ui/icons.tsx";
import { useChoices } from "../lib/ui/preferences.tsx";
import { useQuantities } from "../lib/ui/quantities.ts";
import { SampleButton } from "../lib/ui/sample-buttons.tsx";
import { namedSamples } from "./samples.ts";
import { TaskMark } from "./task-mark.tsx";

/** What the home page tells of a task. */
export interface ListedTask {
  readonly task: string;
  readonly title: Manifest["title"];
  readonly classes: Manifest["classes"];
  readonly takes: InputKind;
  /** Top-1 accuracy on `testedOn` inputs that took no part in training. */
  readonly top1: number;
  readonly testedOn: number;
}

interface TaskEntryProps extends ListedTask {
  /** The task's sample was picked. */
  readonly onSample: (task: string, picture: File) => void;
}

/** A task as in the index of a field guide: a sample or its mark, its name, and everything it can tell apart. */
export function TaskEntry({ task, title, classes, takes, top1, testedOn, onSample }: TaskEntryProps) {
  const t = useTranslations("home");
  const { locale } = useChoices();
  const { share, count } = useQuantities();
  const [sample] = namedSamples(task, classes, locale);
  return (
    <li data-task={task} className="grid gap-x-14 gap-y-5 border-t border-line py-7 lg:grid-cols-[5fr_7fr]">
      <div className="flex gap-6">
        {sample === undefined ? (
          <span className="flex w-24 shrink-0 justify-center self-start text-signal sm:w-36">
            <TaskMark task={task} />
          </span>
        ) : (
          <SampleButton
            sample={sample}
            className="aspect-4/3 w-24 shrink-0 self-start sm:w-36"
            onPicture={(picture) => onSample(task, picture)}
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
            {t(`accuracy.${takes}`, { share: share(top1), count: count(testedOn) })}
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
