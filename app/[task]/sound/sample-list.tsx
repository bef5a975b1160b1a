"use client";

import { useTranslations } from "use-intl";
import { encodeWav } from "../../../engine/data/audio/wav.ts";
import type { Sample } from "../../../lib/sound/sample-archive.ts";
import { CrossIcon, PlayIcon } from "../../../lib/ui/icons.tsx";
import { useQuantities } from "../../../lib/ui/quantities.ts";

interface SampleListProps {
  readonly samples: readonly Sample[];
  readonly nameOf: (word: string) => string;
  readonly onDelete: (key: number) => void;
}

const button =
  "flex size-11 shrink-0 items-center justify-center rounded-md text-muted transition-colors hover:text-ink";

/** The recordings, the latest first, to be heard and thrown away. */
export function SampleList({ samples, nameOf, onDelete }: SampleListProps) {
  const t = useTranslations("sound.record");
  const { count } = useQuantities();
  return (
    <ol reversed className="mt-6 border-t border-line empty:hidden">
      {samples.toReversed().map(({ key, word, sound }, i) => {
        const values = { number: count(samples.length - i), word: nameOf(word) };
        return (
          <li key={key} className="flex items-center gap-1 border-b border-line">
            <span className="figures w-10 text-sm text-muted">{values.number}</span>
            <span className="min-w-0 flex-1 truncate text-sm">{values.word}</span>
            <button
              type="button"
              aria-label={t("play", values)}
              className={button}
              onClick={() => {
                const url = URL.createObjectURL(
                  new Blob([encodeWav(sound) as Uint8Array<ArrayBuffer>], { type: "audio/wav" }),
                );
                const player = new Audio(url);
                player.onended = () => URL.revokeObjectURL(url);
                void player.play();
              }}
            >
              <PlayIcon />
            </button>
            <button
              type="button"
              aria-label={t("delete", values)}
              className={button}
              onClick={() => onDelete(key)}
            >
              <CrossIcon />
            </button>
          </li>
        );
      })}
    </ol>
  );
}
