"use client";

import { useEffect, useRef } from "react";
import { useTranslations } from "use-intl";
import { Button } from "../lib/ui/button.tsx";
import { useChoices } from "../lib/ui/preferences.tsx";
import { samplesOf } from "./samples.ts";
import type { ListedTask } from "./task-entry.tsx";

interface TaskQuestionProps {
  /** The tasks that take what was handed in. */
  readonly tasks: readonly ListedTask[];
  readonly onTask: (task: string) => void;
  /** It was something else after all. */
  readonly onBack: () => void;
}

/** Asks which of several tasks a file is for. The first has the focus, so Enter is enough for it. */
export function TaskQuestion({ tasks, onTask, onBack }: TaskQuestionProps) {
  const t = useTranslations("home");
  const { locale } = useChoices();
  const first = useRef<HTMLButtonElement>(null);
  useEffect(() => first.current?.focus(), []);
  return (
    <fieldset className="mt-2">
      <legend className="h-[1lh] truncate text-sm font-medium">{t("whichTask")}</legend>
      <div className="mt-3 flex flex-wrap items-center gap-3">
        {tasks.map(({ task, title }, index) => {
          const [sample] = samplesOf(task);
          return (
            <Button
              key={task}
              ref={index === 0 ? first : undefined}
              data-task={task}
              onClick={() => onTask(task)}
              className={sample && "pl-1.5"}
            >
              {sample !== undefined && (
                // biome-ignore lint/performance/noImgElement: a few kB that are kept offline as they are.
                <img src={sample.address} alt="" width={44} height={33} className="mr-1 rounded-sm" />
              )}
              {title[locale]}
            </Button>
          );
        })}
        <button
          type="button"
          onClick={onBack}
          className="min-h-11 rounded-md px-2 text-sm text-muted underline decoration-edge underline-offset-4 transition-colors hover:text-ink"
        >
          {t("another")}
        </button>
      </div>
    </fieldset>
  );
}
