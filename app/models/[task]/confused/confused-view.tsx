"use client";

import Link from "next/link";
import { useFormatter, useTranslations } from "use-intl";
import type { Manifest } from "../../../../engine/release/manifest.ts";
import type { ShownExample } from "../../../../lib/server/confusions/example.ts";
import type { Confusions } from "../../../../lib/server/confusions/record.ts";
import { OwnerSignIn } from "../../../../lib/ui/owner-sign-in.tsx";
import { useChoices } from "../../../../lib/ui/preferences.tsx";
import { useQuantities } from "../../../../lib/ui/quantities.ts";
import { ConfusedItem } from "./confused-item.tsx";

interface ConfusedViewProps {
  readonly manifest: Manifest;
  /** Indices of classes, and how many examples of the one were taken for the other, of all of the one. */
  readonly cell: {
    readonly shown: number;
    readonly answered: number;
    readonly count: number;
    readonly of: number;
  };
  readonly about: Pick<Confusions, "data" | "split" | "measured">;
  readonly isDataThere: boolean;
  readonly examples: readonly ShownExample[];
}

/** What a release took for something else, the surest answers first. */
export function ConfusedView({ manifest, cell, about, isDataThere, examples }: ConfusedViewProps) {
  const t = useTranslations("confusions");
  const models = useTranslations("workshop.models");
  const format = useFormatter();
  const { locale } = useChoices();
  const { count } = useQuantities();
  const { task, version, title, classes, input } = manifest;
  const { data, split, measured } = about;
  const [shown, answered] = [classes[cell.shown]![locale], classes[cell.answered]![locale]];
  const date = format.dateTime(new Date(measured), { dateStyle: "medium" });
  const keyed = examples.map((example, key) => ({ key, example })); // a text may be there twice
  return (
    <div data-task={task} className="page">
      <title>{`${t("pageTitle", { shown, answered })} · ${version}`}</title>
      <p className="text-sm">
        <Link
          href={`/models/${task}`}
          className="inline-flex min-h-11 items-center text-muted underline underline-offset-4"
        >
          {models("open", { title: title[locale] })}
        </Link>
      </p>
      <h1 className="text-2xl font-semibold first-letter:uppercase sm:text-3xl">
        {t("heading", { shown, answered })}
      </h1>
      <p className="figures mt-3 text-lg">
        {t(`counted.${input.kind}`, { count: count(cell.count), of: cell.of })}
      </p>
      {cell.count > examples.length && (
        <p className="figures text-muted">{t("surest", { count: count(examples.length) })}</p>
      )}
      <p className="figures mt-1 text-sm text-muted wrap-anywhere">
        {t("by", { version, date, data, split })}
      </p>
      {!isDataThere && input.kind !== "text" && (
        <p role="alert" className="mt-4 max-w-prose font-medium text-danger wrap-anywhere">
          {t("folderGone", { data })}
        </p>
      )}
      <ul className={lists[input.kind]}>
        {keyed.map(({ key, example }) => (
          <ConfusedItem
            key={key}
            example={example}
            kind={input.kind}
            address={`/models/${task}/confused/${version}/${example.file?.sha256}`}
            answered={answered}
          />
        ))}
      </ul>
      <OwnerSignIn isOwner />
    </div>
  );
}

const lists = {
  image: "mt-8 grid grid-cols-2 gap-x-4 gap-y-6 sm:grid-cols-3 lg:grid-cols-4",
  sound: "mt-8 grid gap-x-14 gap-y-6 lg:grid-cols-2",
  text: "mt-8 max-w-prose divide-y divide-line border-y border-line",
};
