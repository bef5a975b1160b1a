"use client";

import { useTranslations } from "use-intl";
import type { InputKind } from "../../../../lib/content.ts";
import type { ShownExample } from "../../../../lib/server/confusions/example.ts";
import { useQuantities } from "../../../../lib/ui/quantities.ts";

interface ConfusedItemProps {
  readonly example: ShownExample;
  readonly kind: InputKind;
  /** Where its file is to be had, if it is one. */
  readonly address: string;
  /** The class that it was taken for. */
  readonly answered: string;
}

/** One example: the picture, the recording or the text, what it was taken for and how surely. */
export function ConfusedItem({
  example: { probability, text, file },
  kind,
  address,
  answered,
}: ConfusedItemProps) {
  const t = useTranslations("confusions");
  const { share } = useQuantities();
  const sure = (
    <p className="figures text-sm font-medium">{t("sure", { answered, share: share(probability) })}</p>
  );
  if (file === undefined)
    return (
      <li className="py-4">
        <p dir="auto" className="wrap-anywhere whitespace-pre-wrap">
          {text}
        </p>
        <div className="mt-1 text-muted">{sure}</div>
      </li>
    );
  return (
    <li>
      {file.missing !== undefined ? (
        <p
          className={`flex items-center justify-center rounded-sm border border-line p-4 text-center text-sm text-muted ${kind === "image" ? "aspect-4/3" : "min-h-11"}`}
        >
          {t(file.missing)}
        </p>
      ) : kind === "image" ? (
        // biome-ignore lint/performance/noImgElement: the server makes it as small as it is needed.
        <img
          src={address}
          alt={file.path}
          loading="lazy"
          className="aspect-4/3 w-full rounded-sm bg-sheet object-contain"
        />
      ) : (
        // biome-ignore lint/a11y/useMediaCaption: what is said in it is what is asked.
        <audio controls preload="none" src={address} aria-label={file.path} className="h-11 w-full" />
      )}
      <div className="mt-2">{sure}</div>
      <p className="text-sm text-muted wrap-anywhere">{file.path}</p>
    </li>
  );
}
