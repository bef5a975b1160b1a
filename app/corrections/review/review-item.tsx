"use client";

import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import type { Manifest } from "../../../engine/release/manifest.ts";
import type { ClassOrNone } from "../../../lib/corrections/correction.ts";
import { useClassName } from "../../../lib/corrections/use-class-name.ts";
import type { WaitingCorrection } from "../../../lib/server/corrections/inbox.ts";
import { Button } from "../../../lib/ui/button.tsx";
import { ClassChoice } from "../../../lib/ui/class-choice.tsx";
import { useQuantities } from "../../../lib/ui/quantities.ts";
import { useTrainingQuantities } from "../../runs/quantities.ts";
import { CorrectedItem } from "../corrected-item.tsx";

interface ReviewItemProps {
  readonly correction: WaitingCorrection;
  readonly classes: Manifest["classes"];
  /** `sentence` says what was done once it is. */
  readonly onReview: (verdict: { accept: ClassOrNone } | { reject: true }, sentence: string) => void;
}

/**
 * A correction that waits. While the focus is within it and in no field, A accepts, R rejects and C goes to the other
 * classes (WCAG 2.2, 2.1.4: single keys act on focus only); the focus comes with the item.
 */
export function ReviewItem({ correction, classes, onReview }: ReviewItemProps) {
  const t = useTranslations("corrections.review");
  const { share } = useQuantities();
  const { moment } = useTrainingQuantities();
  const className = useClassName(classes);
  const section = useRef<HTMLElement>(null);
  const other = useRef<HTMLDivElement>(null);
  const [chosen, setChosen] = useState<ClassOrNone>();
  const { id, kind, answered, probability, said, version, task, sent } = correction;

  useEffect(() => section.current?.focus({ preventScroll: true }), []);

  const accept = (as: ClassOrNone) => onReview({ accept: as }, t("accepted", { name: className(as) }));
  const reject = () => onReview({ reject: true }, t("rejected"));

  function onKeyDown(event: KeyboardEvent) {
    const isField = event.target instanceof HTMLInputElement;
    if (isField || event.ctrlKey || event.metaKey || event.altKey) return;
    const act: Readonly<Record<string, () => void>> = {
      a: () => accept(said),
      r: reject,
      c: () => other.current?.querySelector("input")?.focus(),
    };
    const key = act[event.key.toLowerCase()];
    if (key === undefined) return;
    event.preventDefault();
    key();
  }

  const facts = [
    {
      name: t("answer"),
      value:
        answered === null || probability === null
          ? className(null)
          : `${className(answered)} (${share(probability)})`,
    },
    { name: t("proposed"), value: className(said) },
    { name: t("model"), value: `${task} · ${version}` },
    { name: t("sent"), value: moment(sent) },
  ];
  return (
    <section
      ref={section}
      data-task={task}
      tabIndex={-1}
      aria-label={t(`item.${kind}`)}
      onKeyDown={onKeyDown}
      className="mt-4 grid gap-x-14 gap-y-6 border-t border-line pt-6 outline-none lg:grid-cols-[7fr_5fr]"
    >
      <CorrectedItem
        kind={kind}
        source={`/corrections/review/${id}/item`}
        label={t(`item.${kind}`)}
        className="h-72 w-full lg:h-108"
      />
      <div>
        <dl className="grid grid-cols-[auto_1fr] gap-x-6 gap-y-1 text-sm">
          {facts.map(({ name, value }) => (
            <div key={name} className="col-span-2 grid grid-cols-subgrid">
              <dt className="text-muted">{name}</dt>
              <dd className="figures font-medium wrap-anywhere">{value}</dd>
            </div>
          ))}
        </dl>
        <div className="mt-4 flex flex-wrap gap-3">
          <Button look="primary" onClick={() => accept(said)}>
            {t("accept")}
          </Button>
          <Button onClick={reject}>{t("reject")}</Button>
        </div>
        <p className="mt-2 text-sm text-muted">{t("keys")}</p>
        <div ref={other} className="mt-6">
          <ClassChoice classes={classes} chosen={chosen} onChoose={setChosen} />
          <Button
            className="mt-3"
            disabled={chosen === undefined}
            onClick={() => chosen !== undefined && accept(chosen)}
          >
            {t("acceptAs")}
          </Button>
        </div>
      </div>
    </section>
  );
}
