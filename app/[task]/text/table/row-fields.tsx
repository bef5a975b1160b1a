"use client";

import { useState } from "react";
import { useTranslations } from "use-intl";
import type { TextManifest } from "../../../../engine/release/manifest.ts";
import type { TextClient } from "../../../../lib/inference/text-client.ts";
import {
  type RowCounts,
  type RowOrder,
  type RowSelection,
  rowOrders,
  type WantedRows,
} from "../../../../lib/text/answered-rows.ts";
import { Button } from "../../../../lib/ui/button.tsx";
import { Field, fieldLook } from "../../../../lib/ui/field.tsx";
import { useChoices } from "../../../../lib/ui/preferences.tsx";
import { useQuantities } from "../../../../lib/ui/quantities.ts";
import { saveFile } from "../../../../lib/ui/save-file.ts";
import { capitalised } from "../../likeliest.ts";

interface RowFieldsProps {
  readonly manifest: TextManifest;
  readonly client: TextClient | undefined;
  /** What the table's file is called. */
  readonly name: string;
  readonly counts: RowCounts;
  readonly selection: RowSelection;
  readonly onSelect: (selection: RowSelection) => void;
}

/** What to show of a table's answers and in which order, and the way to save it. */
export function RowFields({ manifest, client, name, counts, selection, onSelect }: RowFieldsProps) {
  const t = useTranslations("text.table");
  const { locale } = useChoices();
  const { count } = useQuantities();
  const [saving, setSaving] = useState(false);
  const { wanted, order, search } = selection;
  const groups: readonly { readonly group: WantedRows; readonly name: string; readonly number: number }[] = [
    { group: "all", name: t("all"), number: counts.all },
    ...manifest.classes.map((entry, group) => ({
      group,
      name: capitalised(entry[locale], locale),
      number: counts.classes[group] ?? 0,
    })),
    { group: "unknown", name: t("unknown"), number: counts.unknown },
    { group: "empty", name: t("empty"), number: counts.empty },
  ];

  async function save() {
    setSaving(true);
    const file = await client?.ask("tableFile", { selection }).catch(() => undefined);
    if (file !== undefined) saveFile(file, `${name.replace(/\.[^.]*$/, "")}.${manifest.task}.csv`);
    setSaving(false);
  }

  return (
    <div className="mt-8 grid grid-cols-2 gap-x-4 gap-y-3 sm:flex sm:items-end">
      <Field label={t("show")}>
        <select
          className={fieldLook}
          value={String(wanted)}
          onChange={({ target: { value } }) => {
            const chosen = groups.find(({ group }) => String(group) === value);
            if (chosen !== undefined) onSelect({ ...selection, wanted: chosen.group });
          }}
        >
          {groups
            .filter(({ group, number }) => number > 0 || group === "all" || group === wanted)
            .map(({ group, name, number }) => (
              <option key={group} value={String(group)}>
                {`${name} (${count(number)})`}
              </option>
            ))}
        </select>
      </Field>
      <Field label={t("order")}>
        <select
          className={fieldLook}
          value={order}
          onChange={(event) => onSelect({ ...selection, order: event.target.value as RowOrder })}
        >
          {rowOrders.map((one) => (
            <option key={one} value={one}>
              {t(`orders.${one}`)}
            </option>
          ))}
        </select>
      </Field>
      <Field label={t("search")}>
        <input
          type="search"
          dir="auto"
          className={fieldLook}
          value={search}
          onChange={(event) => onSelect({ ...selection, search: event.target.value })}
        />
      </Field>
      <div className="self-end sm:ml-auto">
        <Button onClick={save} disabled={saving || counts.all === 0} className="w-full">
          {t("export")}
        </Button>
      </div>
    </div>
  );
}
