"use client";

import { useTranslations } from "use-intl";
import type { TextManifest } from "../../../engine/release/manifest.ts";
import type { TextInference } from "../../../lib/inference/use-model.ts";
import { Bars } from "../../../lib/ui/bars.tsx";
import { ByteProgress } from "../../../lib/ui/byte-progress.tsx";
import { useChoices } from "../../../lib/ui/preferences.tsx";
import { useQuantities } from "../../../lib/ui/quantities.ts";
import { AnswerSentence } from "../answer-sentence.tsx";
import { capitalised, likeliest } from "../likeliest.ts";
import { ModelProgress } from "../model-progress.tsx";
import { ProblemText } from "../problem-text.tsx";
import { type TextFault, TextFaultText } from "./text-fault.tsx";
import type { ReadText } from "./use-reading.ts";

/** How many classes are shown at most. */
const most = 5;

interface TextAnswerProps {
  readonly manifest: TextManifest;
  readonly inference: TextInference;
  readonly read: ReadText | undefined;
  /** The share that is read of a long text, in [0, 1]; undefined where no long text is being read. */
  readonly share: number | undefined;
  /** A text was handed in and waits. */
  readonly waiting: boolean;
  /** What was handed in and cannot be read. */
  readonly fault: TextFault | undefined;
  /** The id of the class that the words are explained for. */
  readonly chosen: string | undefined;
  readonly onChoose: (id: string) => void;
}

/** What the whole text says, and how likely each class is. Takes the same room whatever there is to say. */
export function TextAnswer({
  manifest,
  inference,
  read,
  share,
  waiting,
  fault,
  chosen,
  onChoose,
}: TextAnswerProps) {
  const t = useTranslations("text");
  const tAnswer = useTranslations("answer");
  const { locale } = useChoices();
  const quantities = useQuantities();
  const { model, pause, resume } = inference;
  const opinion = fault === undefined && share === undefined ? read?.whole?.opinion : undefined;
  const ranked = opinion === undefined ? [] : likeliest(manifest, opinion.probabilities, locale);
  const rows = Math.min(most, manifest.classes.length);
  const shown = new Set(ranked.slice(0, rows).map(({ id }) => id));
  // In the classes' own order, such as from negative to positive, so that nothing jumps while somebody types.
  const possibilities = manifest.classes.flatMap(({ id }) =>
    ranked
      .filter((one) => one.id === id && shown.has(id))
      .map((one) => ({ ...one, name: capitalised(one.name, locale) })),
  );

  return (
    <div>
      <div className="flex min-h-26 flex-col justify-end pb-3 lg:min-h-32">
        {fault !== undefined ? (
          <TextFaultText fault={fault} />
        ) : model.phase === "failed" ? (
          <ProblemText problem={model.problem} />
        ) : share !== undefined ? (
          <LongReading share={share} />
        ) : opinion !== undefined ? (
          opinion.known ? (
            <AnswerSentence best={ranked[0]!} count={rows} known kind="text" />
          ) : !/\p{L}/u.test(read?.text ?? "") ? (
            <Said title={t("wordless")} hint={t("wordlessHint")} />
          ) : (
            <Said
              title={t("foreign")}
              hint={t("foreignHint", { share: quantities.share(opinion.unknownShare) })}
            />
          )
        ) : read !== undefined ? (
          <Said title={t("nothing")} hint={t("nothingHint")} />
        ) : (
          <ModelProgress model={model} kind="text" waiting={waiting} onPause={pause} onResume={resume} />
        )}
      </div>
      <Bars
        label={t("bars")}
        possibilities={possibilities}
        rows={rows}
        quantities={quantities}
        quiet={opinion?.known === false}
        chosen={chosen}
        onChoose={onChoose}
      />
      <p role="status" className="sr-only">
        {model.phase === "ready" && !waiting && read === undefined && tAnswer("announceReady")}
      </p>
    </div>
  );
}

/** How far a long text is read. */
function LongReading({ share }: { readonly share: number }) {
  const t = useTranslations("text");
  const { share: percent } = useQuantities();
  return (
    <>
      <h2 className="text-xl font-medium text-muted">{t("reading")}</h2>
      <p className="figures mt-1 mb-2 text-sm text-muted">{percent(share)}</p>
      <ByteProgress received={share} total={1} label={t("reading")} />
    </>
  );
}

function Said({ title, hint }: { readonly title: string; readonly hint: string }) {
  return (
    <div role="status">
      <h2 className="text-xl font-semibold sm:text-2xl" data-testid="answer">
        {title}
      </h2>
      <p className="mt-1 text-sm text-muted">{hint}</p>
    </div>
  );
}
