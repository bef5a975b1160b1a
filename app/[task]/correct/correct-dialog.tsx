"use client";

import Link from "next/link";
import { type FormEvent, useId, useState } from "react";
import { useTranslations } from "use-intl";
import type { Manifest } from "../../../engine/release/manifest.ts";
import type { ClassOrNone, Correction } from "../../../lib/corrections/correction.ts";
import { keepCorrection, NotKept } from "../../../lib/corrections/store.ts";
import { useClassName } from "../../../lib/corrections/use-class-name.ts";
import type { Possibility } from "../../../lib/ui/bars.tsx";
import { Button } from "../../../lib/ui/button.tsx";
import { ClassChoice } from "../../../lib/ui/class-choice.tsx";
import { Dialog } from "../../../lib/ui/dialog.tsx";
import { useQuantities } from "../../../lib/ui/quantities.ts";
import { SendOffer } from "../../corrections/send-offer.tsx";

/** An answer that somebody may find wrong. */
export interface Doubted {
  /** The likeliest class; undefined where the release took the thing for none of them. */
  readonly best: Possibility | undefined;
  /** What the file is called; "" for what has no name. */
  readonly name: string;
  /** The thing itself: a picture, a WAV file, or a text. Rejects where it cannot be read any more. */
  readonly content: () => Promise<Blob>;
}

interface CorrectDialogProps {
  readonly manifest: Manifest;
  readonly doubted: Doubted;
  readonly onClose: () => void;
}

/** Asks what a thing is, keeps that in this browser, and then offers to send it, too. */
export function CorrectDialog({ manifest, doubted, onClose }: CorrectDialogProps) {
  const t = useTranslations("corrections");
  const { share } = useQuantities();
  const className = useClassName(manifest.classes);
  const heading = useId();
  const [chosen, setChosen] = useState<ClassOrNone>();
  const [kept, setKept] = useState<Correction>();
  const [refused, setRefused] = useState<NotKept["why"]>();
  const [keeping, setKeeping] = useState(false);
  const { best, name, content } = doubted;

  async function keep(event: FormEvent) {
    event.preventDefault();
    if (chosen === undefined || keeping) return;
    setKeeping(true); // a text may have to be looked for in a long table
    try {
      const correction: Correction = {
        id: crypto.randomUUID(),
        ...{ task: manifest.task, kind: manifest.input.kind, version: manifest.version, name },
        ...{ answered: best?.id ?? null, probability: best?.probability ?? null, said: chosen },
        content: await content().catch((cause) => {
          throw new NotKept("gone", cause);
        }),
        ...{ made: new Date().toISOString(), sent: null },
      };
      await keepCorrection(correction);
      setKept(correction);
    } catch (error) {
      setRefused(error instanceof NotKept ? error.why : "unavailable");
      setKeeping(false);
    }
  }

  return (
    <Dialog labelledBy={heading} onClose={onClose}>
      {(close) =>
        kept === undefined ? (
          <form onSubmit={(event) => void keep(event)}>
            <h2 id={heading} className="text-lg font-semibold">
              {t("heading")}
            </h2>
            <p className="mt-1 mb-4 text-sm text-muted">
              {best === undefined
                ? t("answerWasNone")
                : t("answerWas", { name: best.name, share: share(best.probability) })}
            </p>
            <ClassChoice
              classes={manifest.classes.filter(({ id }) => id !== best?.id)}
              chosen={chosen}
              onChoose={setChosen}
            />
            <p role="alert" className="mt-2 text-sm text-danger empty:hidden">
              {refused && t(`refused.${refused}`)}
            </p>
            <div className="mt-4 flex flex-wrap justify-end gap-3">
              <Button onClick={close}>{t("cancel")}</Button>
              <Button type="submit" look="primary" disabled={chosen === undefined}>
                {keeping ? t("keeping") : t("keep")}
              </Button>
            </div>
          </form>
        ) : (
          <>
            <div role="status">
              <h2 id={heading} className="text-lg font-semibold">
                {t("kept")}
              </h2>
              <p className="mt-1 text-sm text-muted">
                {kept.sent === null ? t("keptHint", { name: className(kept.said) }) : className(kept.said)}
              </p>
            </div>
            <div className="mt-4 border-t border-line pt-4">
              <SendOffer correction={kept} onSent={setKept} />
            </div>
            <div className="mt-2 flex flex-wrap items-center justify-between gap-3">
              <Link
                href="/corrections"
                className="min-h-11 py-2.5 text-sm underline decoration-edge underline-offset-4"
              >
                {t("all")}
              </Link>
              <Button look="primary" onClick={close}>
                {t("close")}
              </Button>
            </div>
          </>
        )
      }
    </Dialog>
  );
}
