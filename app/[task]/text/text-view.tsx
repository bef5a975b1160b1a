"use client";

import { useCallback, useRef, useState } from "react";
import { useFormatter, useTranslations } from "use-intl";
import type { TextManifest } from "../../../engine/release/manifest.ts";
import { openTextClient } from "../../../lib/inference/text-client.ts";
import { readWhole, TooLong } from "../../../lib/text/whole-text.ts";
import { useChoices } from "../../../lib/ui/preferences.tsx";
import { PromiseLine } from "../../../lib/ui/promise-line.tsx";
import { textSamplesOf } from "../../text-samples.ts";
import { CorrectAnswer } from "../correct/correct-answer.tsx";
import { Details } from "../details.tsx";
import { capitalised, likeliest } from "../likeliest.ts";
import { TaskFrame } from "../task-frame.tsx";
import { type TaskProps, useHandedOver, useTask } from "../use-task.ts";
import { ReadingView } from "./reading-view.tsx";
import { type ShownText, typedText } from "./shown-text.ts";
import { FileChoice } from "./table/file-choice.tsx";
import { TableView } from "./table/table-view.tsx";
import { TextAnswer } from "./text-answer.tsx";
import type { TextFault } from "./text-fault.tsx";
import { TextInput } from "./text-input.tsx";
import { useReading } from "./use-reading.ts";

/** A text with its answer, sentence by sentence, or a table of them; below, the models to choose from. */
export function TextView(props: TaskProps<TextManifest>) {
  const { task, releases } = props;
  const t = useTranslations("task");
  const tText = useTranslations("text");
  const { locale } = useChoices();
  const { release, inference } = useTask(props, openTextClient);
  const { manifest } = release;
  const [shown, setShown] = useState<ShownText>(() => typedText("", ""));
  const [tables, setTables] = useState<readonly File[]>([]);
  const [table, setTable] = useState<File>();
  const [fault, setFault] = useState<TextFault>();
  const [choice, setChoice] = useState<string>();
  const field = useRef<HTMLTextAreaElement>(null);
  const { read, share } = useReading(inference.client, shown.text);

  const onText = useCallback((next: ShownText) => {
    setFault(undefined);
    setShown(next);
    if (next.text === "") {
      setChoice(undefined);
      field.current?.focus();
    }
  }, []);

  const readAsOne = useCallback(
    async (file: File) => {
      setTable(undefined);
      try {
        onText(typedText(await readWhole(file), file.name));
      } catch (error) {
        const { name } = file;
        if (error instanceof TooLong) setFault({ kind: "tooLong", name, limit: error.limit });
        else setFault({ kind: "table", name, fault: { kind: "notText" } });
      }
    },
    [onText],
  );

  const onFiles = useCallback(
    (files: readonly File[]) => {
      const [file] = files;
      setFault(file === undefined ? { kind: "noText" } : undefined);
      setTables(files);
      // Pasted words come as a file without an ending.
      if (file !== undefined && (files.length > 1 || /\.[a-z]+$/i.test(file.name))) setTable(file);
      else if (file !== undefined) void readAsOne(file);
    },
    [readAsOne],
  );
  useHandedOver(onFiles);

  const languages = useLanguages(read?.whole?.opinion.known ? read.whole.opinion.languages : []);
  const ranked = read?.whole ? likeliest(manifest, read.whole.opinion.probabilities, locale) : [];
  const best = ranked[0]?.id;
  const chosen = best && (choice ?? best);
  return (
    <TaskFrame
      task={task}
      releases={releases}
      release={release}
      lead={t("lead", { count: manifest.classes.length })}
    >
      {table !== undefined ? (
        <>
          <FileChoice files={tables} chosen={table} onChoose={setTable} />
          <TableView
            key={`${tables.indexOf(table)} ${table.name} ${table.lastModified}`}
            manifest={manifest}
            inference={inference}
            file={table}
            onFiles={onFiles}
            onAsOne={readAsOne}
            onClose={() => setTable(undefined)}
          />
        </>
      ) : (
        <>
          <div className="grid gap-x-14 gap-y-6 lg:grid-cols-[7fr_5fr]">
            <section aria-label={tText("heading")}>
              <TextInput
                ref={field}
                shown={shown}
                onText={onText}
                onFiles={onFiles}
                language={languages}
                samples={textSamplesOf(task, locale)}
              />
              <div className="mt-4">
                <PromiseLine />
              </div>
            </section>
            <section aria-label={t("answer")}>
              <TextAnswer
                manifest={manifest}
                inference={inference}
                read={read}
                share={share}
                waiting={shown.text !== "" && read === undefined}
                fault={fault}
                chosen={chosen}
                onChoose={setChoice}
              />
              <CorrectAnswer
                manifest={manifest}
                doubted={
                  read?.whole && share === undefined && fault === undefined
                    ? {
                        best: read.whole.opinion.known ? ranked[0] : undefined,
                        name: "",
                        content: async () => new Blob([read.text], { type: "text/plain" }),
                      }
                    : undefined
                }
              />
              <Details
                manifest={manifest}
                model={inference.model}
                answer={
                  read?.whole
                    ? {
                        readMs: read.whole.totalMs - read.whole.networkMs,
                        networkMs: read.whole.networkMs,
                      }
                    : undefined
                }
              />
            </section>
          </div>
          {read?.whole && share === undefined && chosen !== undefined && fault === undefined && (
            <ReadingView
              manifest={manifest}
              client={inference.client}
              text={read.text}
              whole={read.whole}
              chosen={chosen}
            />
          )}
        </>
      )}
    </TaskFrame>
  );
}

/** Languages by their tags, in the reader's words; undefined for none. */
function useLanguages(tags: readonly string[]): string | undefined {
  const { locale } = useChoices();
  const format = useFormatter();
  if (tags.length === 0) return undefined;
  const names = new Intl.DisplayNames([locale], { type: "language" });
  return capitalised(format.list(tags.map((tag) => names.of(tag) ?? tag)), locale);
}
