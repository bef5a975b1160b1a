"use client";

import { type RefObject, useId, useRef } from "react";
import { useTranslations } from "use-intl";
import { languageTags } from "../../../lib/preferences.ts";
import { Button } from "../../../lib/ui/button.tsx";
import { FileChooser } from "../../../lib/ui/file-chooser.tsx";
import { useChoices } from "../../../lib/ui/preferences.tsx";
import { useQuantities } from "../../../lib/ui/quantities.ts";
import { type OnFiles, usePictureSources } from "../../../lib/ui/use-picture-sources.ts";
import type { TextSample } from "../../text-samples.ts";
import { type ShownText, textTypes, typedText } from "./shown-text.ts";

interface TextInputProps {
  readonly ref?: RefObject<HTMLTextAreaElement | null>;
  readonly shown: ShownText;
  readonly onText: (shown: ShownText) => void;
  readonly onFiles: OnFiles;
  /** The languages that were found in it, in the reader's language. */
  readonly language: string | undefined;
  /** Texts to try it with. */
  readonly samples: readonly TextSample[];
}

/** A field for a text of any length, which also takes files by dropping, choosing and pasting. */
export function TextInput({ ref, shown, onText, onFiles, language, samples }: TextInputProps) {
  const t = useTranslations("text");
  const { count } = useQuantities();
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const dragging = usePictureSources(onFiles, { texts: true });
  const { text } = shown;
  const characters = count(text.length);
  return (
    <div>
      <div
        data-dragging={dragging || undefined}
        className="group relative rounded-sm border border-edge bg-sheet transition-colors data-dragging:border-signal data-dragging:bg-signal-wash"
      >
        <label htmlFor={id} className="sr-only">
          {t("label")}
        </label>
        {shown.kind === "typed" ? (
          <textarea
            ref={ref}
            id={id}
            dir="auto"
            value={text}
            placeholder={dragging ? t("release") : t("placeholder")}
            onChange={(event) => onText(typedText(event.target.value, t("label")))}
            onPaste={(event) => {
              const pasted = typedText(event.clipboardData.getData("text/plain"), t("label"));
              if (pasted.kind === "typed") return;
              event.preventDefault(); // the field would need seconds to hold it
              onText(pasted);
            }}
            className="block min-h-40 w-full resize-y rounded-sm bg-transparent p-4 text-base outline-offset-0 placeholder:text-muted sm:min-h-72 sm:p-5 sm:text-lg"
          />
        ) : (
          <LongText id={id} shown={shown} />
        )}
      </div>
      <p className="figures mt-2 h-[1lh] truncate text-sm text-muted">
        {text === ""
          ? t("formats")
          : language === undefined
            ? t("characters", { count: characters })
            : t("languageAndCharacters", { language, count: characters })}
      </p>
      <FileChooser ref={input} accept={textTypes} multiple onFiles={onFiles} />
      <div className="mt-3 flex flex-wrap items-center gap-x-3 gap-y-2">
        <Button look={text === "" ? "primary" : "quiet"} onClick={() => input.current?.click()}>
          {t("choose")}
        </Button>
        {text !== "" && <Button onClick={() => onText(typedText("", ""))}>{t("clear")}</Button>}
        <Samples samples={samples} onText={onText} />
      </div>
    </div>
  );
}

/** The beginning of a text that no field could hold without trouble. */
function LongText({ id, shown }: { readonly id: string; readonly shown: ShownText }) {
  const t = useTranslations("text");
  return (
    <div className="min-h-40 p-4 sm:min-h-72 sm:p-5">
      <p className="truncate font-medium">{shown.name}</p>
      <p className="mt-1 text-sm text-muted">{t("documentHint")}</p>
      <textarea
        id={id}
        dir="auto"
        readOnly
        rows={6}
        value={`${shown.text.slice(0, 1500)}…`}
        className="mt-3 block w-full resize-none border-t border-line bg-transparent pt-3 text-base"
      />
    </div>
  );
}

function Samples({ samples, onText }: Pick<TextInputProps, "samples" | "onText">) {
  const t = useTranslations("text");
  const { locale } = useChoices();
  if (samples.length === 0) return null;
  return (
    <div className="flex flex-wrap items-center gap-x-4 sm:ml-auto">
      <span className="hidden text-sm text-muted sm:inline">{t("samples")}</span>
      {samples.map(({ title, language, text }) => (
        <button
          key={title}
          type="button"
          lang={language === locale ? undefined : languageTags[language]}
          onClick={() => onText(typedText(text, title))}
          className="min-h-11 text-sm underline decoration-edge underline-offset-4 transition-colors hover:text-signal"
        >
          {title}
        </button>
      ))}
    </div>
  );
}
