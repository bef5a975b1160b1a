"use client";

import { type FormEvent, useId, useState } from "react";
import { useTranslations } from "use-intl";
import { BACKGROUND, OTHER_WORDS } from "../../../lib/sound/sample-archive.ts";
import { Button } from "../../../lib/ui/button.tsx";
import { CrossIcon } from "../../../lib/ui/icons.tsx";

interface WordListProps {
  /** The reader's own; other words and background always follow. */
  readonly words: readonly string[];
  readonly chosen: string;
  /** How many recordings there are of each. */
  readonly counts: ReadonlyMap<string, number>;
  readonly disabled: boolean;
  readonly nameOf: (word: string) => string;
  readonly onChoose: (word: string) => void;
  readonly onAdd: (word: string) => void;
  readonly onRemove: (word: string) => void;
}

/** The words to record: one is chosen, new ones are added below. */
export function WordList(props: WordListProps) {
  const { words, chosen, counts, disabled, nameOf, onChoose, onAdd, onRemove } = props;
  const t = useTranslations("sound.record");
  const group = useId();
  const [draft, setDraft] = useState("");

  function submit(event: FormEvent) {
    event.preventDefault();
    if (draft.trim() === "") return;
    onAdd(draft);
    setDraft("");
  }

  return (
    <>
      <form onSubmit={submit} className="flex gap-3">
        <label className="min-w-0 flex-1">
          <span className="sr-only">{t("newWord")}</span>
          <input
            value={draft}
            onChange={(event) => setDraft(event.target.value)}
            placeholder={t("newWord")}
            maxLength={40}
            className="h-11 w-full rounded-md border border-edge bg-sheet px-3 text-ink placeholder:text-muted"
          />
        </label>
        <Button type="submit" disabled={draft.trim() === ""}>
          {t("add")}
        </Button>
      </form>
      <fieldset disabled={disabled} className="mt-3">
        <legend className="sr-only">{t("words")}</legend>
        {[...words, OTHER_WORDS, BACKGROUND].map((word) => {
          const own = words.includes(word);
          const hint = word === OTHER_WORDS ? t("otherHint") : word === BACKGROUND ? t("backgroundHint") : "";
          return (
            <div key={word} className="flex items-center gap-2 border-b border-line">
              <label className="flex min-h-11 min-w-0 flex-1 cursor-pointer items-center gap-3 py-1.5">
                <input
                  type="radio"
                  name={group}
                  checked={word === chosen}
                  onChange={() => onChoose(word)}
                  className="size-4 shrink-0 accent-signal"
                />
                <span className="min-w-0 flex-1">
                  <span className="font-medium wrap-anywhere">{nameOf(word)}</span>
                  {hint !== "" && <span className="block text-sm text-muted">{hint}</span>}
                </span>
                <span className="figures shrink-0 text-sm text-muted">
                  {t("count", { count: counts.get(word) ?? 0 })}
                </span>
              </label>
              {own && (
                <button
                  type="button"
                  aria-label={t("remove", { word })}
                  onClick={() => onRemove(word)}
                  className="flex size-11 shrink-0 items-center justify-center rounded-md text-muted transition-colors hover:text-ink"
                >
                  <CrossIcon />
                </button>
              )}
            </div>
          );
        })}
      </fieldset>
    </>
  );
}
