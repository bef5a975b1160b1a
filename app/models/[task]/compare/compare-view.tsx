"use client";

import Link from "next/link";
import { useRef, useState } from "react";
import { useTranslations } from "use-intl";
import type { Manifest } from "../../../../engine/release/manifest.ts";
import { Button } from "../../../../lib/ui/button.tsx";
import { Field, fieldLook } from "../../../../lib/ui/field.tsx";
import { FileChooser, pictureTypes } from "../../../../lib/ui/file-chooser.tsx";
import { useChoices } from "../../../../lib/ui/preferences.tsx";
import { useObjectUrl } from "../../../../lib/ui/use-object-url.ts";
import { usePictureSources } from "../../../../lib/ui/use-picture-sources.ts";
import { SideView } from "./side-view.tsx";
import { type Side, useComparison } from "./use-comparison.ts";

interface CompareViewProps {
  readonly task: string;
  /** Two or more, all of one kind of input. */
  readonly releases: readonly Manifest[];
}

const accepted = { image: pictureTypes, sound: "audio/*", text: "text/*" } as const;

/** Two releases side by side, asked about one picture, recording or text. */
export function CompareView({ task, releases }: CompareViewProps) {
  const t = useTranslations("compare");
  const { locale } = useChoices();
  const [versions, setVersions] = useState(() => releases.slice(0, 2).map(({ version }) => version));
  const [file, setFile] = useState<File>();
  const [text, setText] = useState("");
  const { sides, compare } = useComparison();
  const chooser = useRef<HTMLInputElement>(null);
  const chosen = versions.map((name) => releases.find(({ version }) => version === name)!);
  const { input, title } = releases[0]!;
  const { kind } = input;
  const url = useObjectUrl(kind === "image" ? file : undefined);

  async function ask(given: File | string, of: readonly Manifest[] = chosen) {
    if (kind === "text") {
      const words = typeof given === "string" ? given : await given.text();
      setText(words);
      compare(of, words);
    } else if (given instanceof File) {
      setFile(given);
      compare(of, given);
    }
  }
  const onFiles = ([first]: readonly File[]) => first && void ask(first);
  usePictureSources(onFiles, { texts: kind === "text", fits: () => true });

  function choose(side: number, version: string) {
    const now = versions.map((old, i) => (i === side ? version : old));
    setVersions(now);
    const given = kind === "text" ? text : file;
    if (given)
      void ask(
        given,
        now.map((name) => releases.find((release) => release.version === name)!),
      );
  }

  return (
    <div data-task={task} className="page">
      <title>{t("pageTitle")}</title>
      <p className="text-sm">
        <Link
          href={`/models/${task}`}
          className="inline-flex min-h-11 items-center text-muted underline underline-offset-4"
        >
          {t("back", { title: title[locale] })}
        </Link>
      </p>
      <h1 className="text-2xl font-semibold sm:text-3xl">{t("heading")}</h1>
      <p className="mt-2 text-muted">{t(`lead.${kind}`)}</p>
      {kind === "text" && (
        <form
          className="mt-6"
          onSubmit={(event) => {
            event.preventDefault();
            void ask(text);
          }}
        >
          <Field label={t("text")}>
            <textarea
              rows={4}
              value={text}
              onChange={(event) => setText(event.target.value)}
              className={`${fieldLook} h-auto py-2`}
            />
          </Field>
          <div className="mt-3">
            <Button look="primary" type="submit">
              {t("ask")}
            </Button>
          </div>
        </form>
      )}
      <FileChooser ref={chooser} accept={accepted[kind]} onFiles={onFiles} />
      <div className="mt-4 flex flex-wrap items-center gap-x-3 gap-y-2">
        <Button look={kind === "text" ? "quiet" : "primary"} onClick={() => chooser.current?.click()}>
          {t(`choose.${kind}`)}
        </Button>
        <span className="text-sm text-muted">{t("drop")}</span>
      </div>
      {file && <p className="mt-4 truncate text-sm text-muted">{t("input", { name: file.name })}</p>}
      {/* biome-ignore lint/performance/noImgElement: it is on this device already. */}
      {url && <img src={url} alt="" className="mt-2 max-h-60 max-w-full rounded-md" />}
      <p role="status" className="mt-4 min-h-6 font-medium">
        <Verdict releases={chosen} sides={sides} />
      </p>
      <div className="grid gap-x-8 gap-y-6 sm:grid-cols-2">
        {chosen.map((manifest, side) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: there is a first and a second one.
          <div key={side} className="min-w-0 space-y-4">
            <Field label={t(side === 0 ? "first" : "second")}>
              <select
                value={manifest.version}
                onChange={(event) => choose(side, event.target.value)}
                className={fieldLook}
              >
                {releases.map(({ version }) => (
                  <option key={version}>{version}</option>
                ))}
              </select>
            </Field>
            <SideView label={t(side === 0 ? "first" : "second")} manifest={manifest} side={sides[side]!} />
          </div>
        ))}
      </div>
    </div>
  );
}

interface VerdictProps {
  readonly releases: readonly Manifest[];
  readonly sides: readonly Side[];
}

/** Whether the two agree; nothing before both have answered. */
function Verdict({ releases, sides }: VerdictProps) {
  const t = useTranslations("compare");
  const said = sides.map((side, i) => {
    if (side.phase !== "done" || !("answer" in side.asked) || side.asked.answer === null) return undefined;
    const { probabilities, words, known } = side.asked.answer;
    // By name, because two releases may tell different classes apart.
    const name = (index: number) => releases[i]!.classes[index]!.id;
    if (probabilities === undefined) return words.map(({ index }) => name(index)).join();
    return known === false ? "" : name(probabilities.indexOf(Math.max(...probabilities)));
  });
  if (said.includes(undefined)) return null;
  return t(said[0] === said[1] ? "same" : "different");
}
