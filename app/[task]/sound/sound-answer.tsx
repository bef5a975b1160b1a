"use client";

import { useTranslations } from "use-intl";
import type { SoundManifest } from "../../../engine/release/manifest.ts";
import type { SoundInference } from "../../../lib/inference/use-model.ts";
import { wordIn } from "../../../lib/sound/hearing.ts";
import type { Recording } from "../../../lib/sound/recordings.ts";
import type { HeardWord } from "../../../lib/sound/table.ts";
import { Bars } from "../../../lib/ui/bars.tsx";
import { useChoices } from "../../../lib/ui/preferences.tsx";
import { useQuantities } from "../../../lib/ui/quantities.ts";
import { AnswerSentence } from "../answer-sentence.tsx";
import { CorrectAnswer } from "../correct/correct-answer.tsx";
import { Details } from "../details.tsx";
import { capitalised, likeliest } from "../likeliest.ts";
import { ModelProgress } from "../model-progress.tsx";
import { type Fault, ProblemText } from "../problem-text.tsx";
import { doubtedRecording } from "./doubted-recording.ts";
import { useWordNames } from "./use-word-names.ts";

/** How many classes are shown at most. */
const most = 5;

interface SoundAnswerProps {
  readonly manifest: SoundManifest;
  readonly inference: SoundInference;
  /** The recording; undefined where there is none. */
  readonly recording: Recording | undefined;
  /** What was handed in and is no recording at all. */
  readonly refused: Fault | undefined;
}

/** What was said, as a sentence and bars; before that, what the model is doing; or what went wrong. */
export function SoundAnswer({ manifest, inference, recording, refused }: SoundAnswerProps) {
  const t = useTranslations("sound");
  const tAnswer = useTranslations("answer");
  const { locale } = useChoices();
  const quantities = useQuantities();
  const { model, pause, resume } = inference;
  const state = recording?.state;
  const answer = state?.phase === "answered" ? state.answer : undefined;
  const probabilities = answer?.probabilities;
  const possibilities = probabilities === undefined ? [] : likeliest(manifest, probabilities, locale);
  const [best] = possibilities;
  const isWord = probabilities !== undefined && wordIn(manifest, probabilities) !== undefined;
  const fault =
    refused ??
    (state?.phase === "failed" ? state.problem : undefined) ??
    (model.phase === "failed" ? model.problem : undefined);
  const rows = Math.min(most, manifest.classes.length);

  return (
    <section aria-label={tAnswer("likeliest", { count: rows })}>
      <div className="min-h-84 lg:min-h-90">
        <div className="flex min-h-26 flex-col justify-end pb-3">
          {fault !== undefined ? (
            <ProblemText problem={fault} />
          ) : best !== undefined && isWord ? (
            <AnswerSentence best={best} count={manifest.classes.length} known kind="sound" />
          ) : best !== undefined ? (
            <h2 role="status" data-testid="answer" className="text-xl font-semibold sm:text-2xl">
              {t(best.id === manifest.input.silence ? "sentences.silence" : "sentences.other")}
            </h2>
          ) : answer !== undefined ? (
            <h2 role="status" data-testid="answer" className="text-xl font-semibold sm:text-2xl">
              {answer.words.length === 0 ? t("sentences.none") : t("found", { count: answer.words.length })}
            </h2>
          ) : model.phase === "ready" && state !== undefined ? (
            <h2 className="figures text-xl font-medium text-muted">
              {t("working")}
              {state.phase === "working" && state.share > 0 && ` · ${quantities.share(state.share)}`}
            </h2>
          ) : (
            <ModelProgress
              model={model}
              kind="sound"
              waiting={state !== undefined}
              onPause={pause}
              onResume={resume}
            />
          )}
        </div>
        {fault === undefined &&
          (answer !== undefined && probabilities === undefined ? (
            <FoundWords words={answer.words} manifest={manifest} />
          ) : (
            <Bars
              label={isWord || best === undefined ? tAnswer("likeliest", { count: rows }) : t("closest")}
              possibilities={possibilities
                .slice(0, rows)
                .map((one) => ({ ...one, name: capitalised(one.name, locale) }))}
              rows={rows}
              quantities={quantities}
              quiet={!isWord}
            />
          ))}
      </div>
      <CorrectAnswer
        manifest={manifest}
        doubted={recording && fault === undefined ? doubtedRecording(manifest, recording, locale) : undefined}
      />
      <Details manifest={manifest} model={model} answer={answer} />
    </section>
  );
}

/** So many words of a long recording are listed; the table has them all. */
const listed = 100;

function FoundWords({
  words,
  manifest,
}: {
  readonly words: readonly HeardWord[];
  readonly manifest: SoundManifest;
}) {
  const t = useTranslations("sound.files");
  const name = useWordNames(manifest);
  const { share, count } = useQuantities();
  return (
    <>
      <ol>
        {words.slice(0, listed).map(({ index, probability, at = 0 }) => (
          <li key={at} className="figures flex justify-between gap-4 border-b border-line py-1.5 text-sm">
            <span className="font-medium">{name(index)}</span>
            <span className="text-muted">
              {share(probability)} · {clock(at)}
            </span>
          </li>
        ))}
      </ol>
      {words.length > listed && (
        <p className="mt-2 text-sm text-muted">{t("more", { count: count(words.length - listed) })}</p>
      )}
    </>
  );
}

/** Seconds as 1:02.3. */
export const clock = (seconds: number): string => {
  const tenths = Math.round(10 * seconds);
  const rest = (tenths % 600) / 10;
  return `${Math.floor(tenths / 600)}:${rest < 10 ? "0" : ""}${rest.toFixed(1)}`;
};
