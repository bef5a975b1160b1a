"use client";

import type { ReactNode } from "react";
import { useTranslations } from "use-intl";

/** A picture that was handed in, with an address under which this page alone can show it. */
export interface ShownPicture {
  readonly url: string;
  readonly name: string;
}

interface PictureFrameProps {
  /** What the frame shows; empty where there is none. */
  readonly shown: ShownPicture | undefined;
  /** Something is being dragged over the page. */
  readonly dragging?: boolean;
  /** The frame's shape, as classes. */
  readonly frame: string;
  /** Lies on the picture; what has the class `picturePlace` covers exactly what the picture covers. */
  readonly overlay?: ReactNode;
  /** What stands in the empty frame. */
  readonly children?: ReactNode;
}

/** The place of a picture within its frame: whole, as large as fits. */
export const picturePlace = "absolute inset-0 size-full object-contain p-3";

/** A picture in a frame that keeps its shape whatever it holds. */
export function PictureFrame({ shown, dragging = false, frame, overlay, children }: PictureFrameProps) {
  const t = useTranslations("picture");
  return (
    <div
      data-dragging={dragging || undefined}
      className={`group relative overflow-hidden rounded-sm border border-line bg-sheet transition-colors data-dragging:border-signal data-dragging:bg-signal-wash ${frame}`}
    >
      {shown === undefined || dragging ? (
        children
      ) : (
        <>
          {/* biome-ignore lint/performance/noImgElement: the picture lies in this page's memory, there is nothing to optimise. */}
          <img src={shown.url} alt={t("alt", { name: shown.name })} className={picturePlace} />
          {overlay}
        </>
      )}
    </div>
  );
}
