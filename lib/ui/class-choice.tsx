"use client";

import { useId, useState } from "react";
import { useTranslations } from "use-intl";
import type { Manifest } from "../../engine/release/manifest.ts";
import type { ClassOrNone } from "../corrections/correction.ts";
import { findClasses } from "../corrections/find-class.ts";
import { languageTags } from "../preferences.ts";
import { Field, fieldLook } from "./field.tsx";
import { useChoices } from "./preferences.tsx";

interface ClassChoiceProps {
  readonly classes: Manifest["classes"];
  /** Undefined before something is chosen. */
  readonly chosen: ClassOrNone | undefined;
  readonly onChoose: (chosen: ClassOrNone) => void;
}

/** All classes to choose one of, or none of them, with a field that finds them by either language's name. */
export function ClassChoice({ classes, chosen, onChoose }: ClassChoiceProps) {
  const t = useTranslations("corrections");
  const { locale } = useChoices();
  const [search, setSearch] = useState("");
  const group = useId();
  const found = findClasses(classes, search, locale);
  const other = locale === "en" ? "zh" : "en";
  const row = (value: ClassOrNone, name: string, beside?: string) => (
    <label
      key={value ?? ""}
      className="flex min-h-11 cursor-pointer items-center gap-3 rounded-md px-3 text-sm has-checked:bg-accent-wash has-focus-visible:outline-2 has-focus-visible:-outline-offset-2 has-focus-visible:outline-accent"
    >
      <input
        type="radio"
        name={group}
        required
        checked={chosen === value}
        onChange={() => onChoose(value)}
        className="size-4 shrink-0 accent-accent outline-none"
      />
      <span className="min-w-0 wrap-anywhere">{name}</span>
      {beside !== undefined && (
        <span lang={languageTags[other]} className="ml-auto text-muted">
          {beside}
        </span>
      )}
    </label>
  );
  return (
    <>
      <Field label={t("search")}>
        <input
          type="search"
          value={search}
          onChange={(event) => setSearch(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== "Enter" || search.trim() === "") return;
            event.preventDefault(); // it means "this one", not "done"
            if (found[0] !== undefined) onChoose(found[0].id);
          }}
          className={fieldLook}
        />
      </Field>
      <fieldset className="mt-3">
        <legend className="sr-only">{t("classes")}</legend>
        <div className="max-h-60 overflow-y-auto rounded-md border border-line p-1">
          {found.map((entry) => row(entry.id, entry[locale], entry[other]))}
          {found.length === 0 && <p className="px-3 py-2 text-sm text-muted">{t("noMatch")}</p>}
        </div>
        <div className="mt-1 px-1">{row(null, t("none"))}</div>
      </fieldset>
    </>
  );
}
