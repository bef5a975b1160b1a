"use client";

import { memo, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import type { SoundManifest } from "../../../engine/release/manifest.ts";
import type { Recording } from "../../../lib/sound/recordings.ts";
import { soundTypes } from "../../../lib/sound/sound-name.ts";
import { type HeardFile, wordsTable } from "../../../lib/sound/table.ts";
import { Button } from "../../../lib/ui/button.tsx";
import { ByteProgress } from "../../../lib/ui/byte-progress.tsx";
import { FileChooser } from "../../../lib/ui/file-chooser.tsx";
import { useChoices } from "../../../lib/ui/preferences.tsx";
import { PromiseLine } from "../../../lib/ui/promise-line.tsx";
import { useQuantities } from "../../../lib/ui/quantities.ts";
import { saveTable } from "../../../lib/ui/save-file.ts";
import { CorrectDialog, type Doubted } from "../correct/correct-dialog.tsx";
import { CorrectRow } from "../correct/correct-row.tsx";
import { useFaultWords } from "../problem-text.tsx";
import { doubtedRecording } from "./doubted-recording.ts";
import { useWordNames } from "./use-word-names.ts";

interface FilesTableProps {
  readonly manifest: SoundManifest;
  readonly recordings: readonly Recording[];
  readonly onAdd: (files: readonly File[]) => void;
  readonly onStartOver: () => void;
}

/** Many recordings, with what was heard in each. */
export function FilesTable({ manifest, recordings, onAdd, onStartOver }: FilesTableProps) {
  const t = useTranslations("sound.files");
  const tCorrections = useTranslations("corrections");
  const { count } = useQuantities();
  const [doubted, setDoubted] = useState<Doubted>();
  const input = useRef<HTMLInputElement>(null);
  const done = recordings.filter(({ state }) => state.phase === "answered" || state.phase === "failed");
  const heard = done.flatMap(({ name, state }): HeardFile[] =>
    state.phase === "answered" ? [{ name, words: state.answer.words }] : [],
  );
  return (
    <section>
      <div className="flex flex-wrap items-center gap-3">
        <h2 aria-live="polite" aria-atomic="true" className="figures mr-auto text-xl font-medium">
          {done.length < recordings.length
            ? t("progress", { done: count(done.length), total: count(recordings.length) })
            : t("heading", { count: count(recordings.length) })}
        </h2>
        <Button onClick={() => input.current?.click()}>{t("add")}</Button>
        <Button onClick={onStartOver}>{t("startOver")}</Button>
        <Button
          look="primary"
          disabled={heard.length === 0}
          onClick={() => saveTable(wordsTable(heard, manifest), `${manifest.task}.csv`)}
        >
          {t("save")}
        </Button>
      </div>
      <div className="mt-3">
        <ByteProgress
          received={done.length}
          total={recordings.length}
          label={t("progress", { done: count(done.length), total: count(recordings.length) })}
        />
      </div>
      <table className="figures mt-4 w-full table-fixed text-sm">
        <thead className="text-left text-muted">
          <tr className="border-b border-line">
            <th scope="col" className="w-[36%] py-2 pr-4 font-normal sm:w-[45%]">
              {t("file")}
            </th>
            <th scope="col" className="py-2 pr-4 font-normal">
              {t("heard")}
            </th>
            <th scope="col" className="w-16 py-2 text-right font-normal sm:w-24">
              {t("length")}
            </th>
            <th scope="col" className="w-8">
              <span className="sr-only">{tCorrections("ask")}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {recordings.map((recording) => (
            <Row key={recording.key} recording={recording} manifest={manifest} onDoubt={setDoubted} />
          ))}
        </tbody>
      </table>
      <FileChooser ref={input} multiple accept={soundTypes} onFiles={onAdd} />
      <div className="mt-6">
        <PromiseLine />
      </div>
      {doubted !== undefined && (
        <CorrectDialog manifest={manifest} doubted={doubted} onClose={() => setDoubted(undefined)} />
      )}
    </section>
  );
}

/** So many words of a long recording are named in its row. */
const named = 6;

interface RowProps {
  readonly recording: Recording;
  readonly manifest: SoundManifest;
  readonly onDoubt: (doubted: Doubted) => void;
}

/** A recording. Made anew only where it has changed itself: there may be thousands. */
const Row = memo(function Row({ recording, manifest, onDoubt }: RowProps) {
  const { name, state } = recording;
  const t = useTranslations("sound.files");
  const { locale } = useChoices();
  const { share, duration, count } = useQuantities();
  const wordName = useWordNames(manifest);
  const faultWords = useFaultWords();
  const doubted = doubtedRecording(manifest, recording, locale);
  return (
    <tr className="border-b border-line align-top">
      <th scope="row" className="truncate py-2 pr-4 text-left font-normal">
        {name}
      </th>
      <td
        colSpan={state.phase === "failed" ? 3 : 1}
        className={`py-2 pr-4 wrap-anywhere ${state.phase === "failed" ? "text-danger" : ""}`}
      >
        {state.phase === "failed" ? (
          <>
            {faultWords(state.problem).title}{" "}
            <span className="text-muted">{faultWords(state.problem).hint}</span>
          </>
        ) : state.phase === "waiting" ? (
          <span className="text-muted">{t("waiting")}</span>
        ) : state.phase === "working" ? (
          <span className="text-muted">{t("workingShare", { share: share(state.share) })}</span>
        ) : state.answer.words.length === 0 ? (
          <span className="text-muted">{t("nothing")}</span>
        ) : (
          <>
            {state.answer.words.slice(0, named).map(({ index, probability, at }, i) => (
              <span key={at ?? 0}>
                {i > 0 && ", "}
                <span className="font-medium">{wordName(index)}</span>{" "}
                <span className="text-muted">{share(probability)}</span>
              </span>
            ))}
            {state.answer.words.length > named &&
              ` ${t("more", { count: count(state.answer.words.length - named) })}`}
          </>
        )}
      </td>
      {state.phase !== "failed" && (
        <>
          <td className="py-2 text-right text-muted">
            {state.phase === "answered" && duration(1000 * state.answer.seconds)}
          </td>
          <td className="h-11 py-2">
            {doubted && <CorrectRow name={name} onAsk={() => onDoubt(doubted)} />}
          </td>
        </>
      )}
    </tr>
  );
});
