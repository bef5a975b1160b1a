"use client";

import { useTranslations } from "use-intl";
import type { Manifest } from "../../../engine/release/manifest.ts";
import { type Order, orders, type Selection, type Wanted } from "../../../lib/batch/selection.ts";
import { Field, fieldLook } from "../../../lib/ui/field.tsx";
import { useChoices } from "../../../lib/ui/preferences.tsx";
import { useQuantities } from "../../../lib/ui/quantities.ts";
import { capitalised } from "../likeliest.ts";

interface SelectionFieldsProps {
  readonly classes: Manifest["classes"];
  readonly counts: ReadonlyMap<Wanted, number>;
  readonly selection: Selection;
  readonly onSelect: (selection: Selection) => void;
}

/** What to show of a batch and in which order. Only what there is can be chosen, with how many there are. */
export function SelectionFields({ classes, counts, selection, onSelect }: SelectionFieldsProps) {
  const t = useTranslations("batch");
  const { locale } = useChoices();
  const { share, count } = useQuantities();
  const { wanted, atLeast, order } = selection;
  const { compare } = new Intl.Collator(locale);
  const option = (value: Wanted, name: string) =>
    (counts.has(value) || value === wanted) && (
      <option key={value} value={value}>
        {`${name} (${count(counts.get(value) ?? 0)})`}
      </option>
    );
  return (
    <>
      <Field label={t("show")}>
        <select
          className={fieldLook}
          value={wanted}
          onChange={(event) => onSelect({ ...selection, wanted: event.target.value as Wanted })}
        >
          {option("all", t("all"))}
          {option("unknown", t("unknown"))}
          {option("failed", t("failedOnes"))}
          {classes
            .map((entry) => ({ id: entry.id, name: capitalised(entry[locale], locale) }))
            .sort((a, b) => compare(a.name, b.name))
            .map(({ id, name }) => option(`class:${id}`, name))}
        </select>
      </Field>
      <Field label={t("order")}>
        <select
          className={fieldLook}
          value={order}
          onChange={(event) => onSelect({ ...selection, order: event.target.value as Order })}
        >
          {orders.map((name) => (
            <option key={name} value={name}>
              {t(`orders.${name}`)}
            </option>
          ))}
        </select>
      </Field>
      <div className="sm:w-44">
        <Field label={atLeast === 0 ? t("any") : t("atLeast", { share: share(atLeast) })}>
          <input
            type="range"
            min={0}
            max={95}
            step={5}
            value={Math.round(atLeast * 100)}
            onChange={(event) => onSelect({ ...selection, atLeast: Number(event.target.value) / 100 })}
            className="block h-11 w-full accent-signal"
          />
        </Field>
      </div>
    </>
  );
}
