"use client";

import { useState } from "react";
import { useTranslations } from "use-intl";
import { loudestStretch } from "../../../lib/sound/loudest.ts";
import {
  BACKGROUND,
  folderName,
  OTHER_WORDS,
  type Sample,
  zipSamples,
} from "../../../lib/sound/sample-archive.ts";
import { useRecorder } from "../../../lib/sound/use-recorder.ts";
import { Button } from "../../../lib/ui/button.tsx";
import { PromiseLine } from "../../../lib/ui/promise-line.tsx";
import { saveFile } from "../../../lib/ui/save-file.ts";
import { MicrophoneNotice } from "./microphone-notice.tsx";
import { SampleList } from "./sample-list.tsx";
import { SoundFrame } from "./sound-frame.tsx";
import { TalkButton } from "./talk-button.tsx";
import { WordList } from "./word-list.tsx";

/** How long a recording is kept, in s, and how much longer it is recorded, to find the word in it. */
const lengths = [1, 1.5, 2] as const;
const margin = 0.6;

/** Records samples of words of one's own, to train with: a word is chosen, spoken again and again, and saved. */
export function RecordView({ task }: { readonly task: string }) {
  const t = useTranslations("sound.record");
  const tSound = useTranslations("sound");
  const [words, setWords] = useState<readonly string[]>([]);
  const [chosen, setChosen] = useState(OTHER_WORDS);
  const [length, setLength] = useState<number>(lengths[0]);
  const [samples, setSamples] = useState<readonly Sample[]>([]);
  const [recorded, setRecorded] = useState(0);

  const { microphone, history, start, release } = useRecorder((sound) => {
    const begin = loudestStretch(sound.samples, length * sound.rate);
    const kept = { ...sound, samples: sound.samples.slice(begin, begin + length * sound.rate) };
    setSamples((before) => [
      ...before,
      { key: recorded + 1, word: chosen, sound: kept, recorded: new Date() },
    ]);
    setRecorded(recorded + 1);
  });
  const busy = microphone.phase !== "off";
  const shown = busy || (history?.received ?? 0) > 0 ? history : undefined;
  const nameOf = (word: string) =>
    word === OTHER_WORDS ? t("otherWords") : word === BACKGROUND ? t("background") : word;
  const counts = new Map<string, number>();
  for (const { word } of samples) counts.set(word, (counts.get(word) ?? 0) + 1);

  function add(word: string) {
    const name = folderName(word);
    if (!words.includes(name)) setWords([...words, name]);
    setChosen(name);
  }

  function remove(word: string) {
    setWords(words.filter((other) => other !== word));
    setSamples(samples.filter((sample) => sample.word !== word));
    if (chosen === word) setChosen(OTHER_WORDS);
  }

  return (
    <div className="grid grid-cols-1 gap-x-14 gap-y-8 lg:grid-cols-[minmax(0,7fr)_minmax(0,5fr)]">
      <section aria-labelledby="record-title">
        <h2 id="record-title" className="text-xl font-semibold">
          {t("title")}
        </h2>
        <p className="mt-1 mb-4 max-w-prose text-sm text-muted">{t("lead")}</p>
        <WordList
          words={words}
          chosen={chosen}
          counts={counts}
          disabled={busy}
          nameOf={nameOf}
          onChoose={setChosen}
          onAdd={add}
          onRemove={remove}
        />
        <div className="mt-4 flex flex-wrap items-center gap-x-4 gap-y-2">
          <TalkButton busy={busy} onStart={(held) => start(length + margin, held)} onRelease={release}>
            {microphone.phase === "on" ? tSound("recording") : t("record", { word: nameOf(chosen) })}
          </TalkButton>
          <label className="flex items-center gap-2 text-sm text-muted">
            {t("length")}
            <select
              value={length}
              onChange={(event) => setLength(Number(event.target.value))}
              className="h-11 rounded-md border border-edge bg-sheet px-3 text-sm text-ink transition-colors hover:border-ink"
            >
              {lengths.map((seconds) => (
                <option key={seconds} value={seconds}>
                  {t("seconds", { seconds })}
                </option>
              ))}
            </select>
          </label>
        </div>
        <MicrophoneNotice microphone={microphone} />
        <p role="status" className="sr-only">
          {samples.length > 0 && t("recorded", { word: nameOf(chosen), count: counts.get(chosen) ?? 0 })}
        </p>
        <div className="mt-4">
          <PromiseLine />
        </div>
      </section>
      <section aria-label={t("samples")}>
        <SoundFrame history={shown} running={busy} label={tSound("pictureOf")}>
          {shown === undefined && (
            <p className="absolute inset-0 flex items-center justify-center px-6 text-center text-sm text-muted">
              {t("empty")}
            </p>
          )}
        </SoundFrame>
        <div className="mt-4">
          <Button
            disabled={samples.length === 0}
            onClick={() => saveFile(new Blob([zipSamples(samples)]), `${task}-words.zip`)}
          >
            {t("save")}
          </Button>
        </div>
        <h3 className="mt-6 text-sm font-semibold">{t("train")}</h3>
        <p className="mt-1 text-sm text-muted">{t("trainHint")}</p>
        <pre className="mt-2 rounded-sm border border-line bg-sheet p-3 text-sm wrap-anywhere whitespace-pre-wrap">
          <code>{`npm run train -- ${task} --data ${task}-words`}</code>
        </pre>
        <SampleList
          samples={samples}
          nameOf={nameOf}
          onDelete={(key) => setSamples(samples.filter((sample) => sample.key !== key))}
        />
      </section>
    </div>
  );
}
