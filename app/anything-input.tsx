"use client";

import { type ReactNode, useEffect, useId, useRef } from "react";
import { useTranslations } from "use-intl";
import type { InputKind } from "../lib/content.ts";
import { Button } from "../lib/ui/button.tsx";
import { CameraButton } from "../lib/ui/camera-button.tsx";
import { EmptyFrame } from "../lib/ui/empty-frame.tsx";
import { FileChooser, pictureTypes } from "../lib/ui/file-chooser.tsx";
import { PictureFrame, type ShownPicture } from "../lib/ui/picture-frame.tsx";
import { type OnFiles, usePictureSources } from "../lib/ui/use-picture-sources.ts";
import { TaskMark } from "./task-mark.tsx";

interface AnythingInputProps {
  /** What the tasks take. Whatever else is handed in arrives all the same. */
  readonly kinds: readonly InputKind[];
  /** The same in words, such as "a picture or a text". */
  readonly things: string;
  /** What the frame shows; empty where there is none. */
  readonly shown: ShownPicture | undefined;
  /** Why nothing comes of what was handed in, in the frame. */
  readonly refusal: ReactNode;
  readonly onFiles: OnFiles;
  /** A question about what was handed in, in the place of the buttons. */
  readonly children?: ReactNode;
}

const types: Readonly<Record<InputKind, string>> = {
  image: pictureTypes,
  sound: "audio/*",
  text: "text/*,.txt,.csv,.tsv,.xlsx",
};

/** A frame that takes anything: files by dropping, choosing and pasting, pasted words, and photographs. */
export function AnythingInput({ kinds, things, shown, refusal, onFiles, children }: AnythingInputProps) {
  const t = useTranslations("home");
  const tPicture = useTranslations("picture");
  const inputId = useId();
  const input = useRef<HTMLInputElement>(null);
  const dragging = usePictureSources(onFiles, { texts: true });
  const chooser = useRef<HTMLButtonElement>(null);
  const asks = children !== undefined;
  useEffect(() => {
    if (!asks) return;
    // When the question goes, the focus must not go with it.
    return () => chooser.current?.focus();
  }, [asks]);
  return (
    <div>
      <PictureFrame shown={shown} dragging={dragging} frame="aspect-3/2">
        {refusal !== undefined && !dragging ? (
          <div className="absolute inset-0 flex flex-col justify-center overflow-y-auto px-6 sm:px-12">
            {refusal}
          </div>
        ) : (
          <EmptyFrame
            inputId={inputId}
            mark={<TaskMark />}
            dragging={dragging}
            drop={t("drop", { things })}
            tap={t("tap", { things })}
          />
        )}
      </PictureFrame>
      <FileChooser
        ref={input}
        id={inputId}
        multiple
        accept={kinds.map((kind) => types[kind]).join(",")}
        onFiles={onFiles}
      />
      {children ?? (
        <>
          <p className="mt-2 h-[1lh] truncate text-sm text-muted">
            {kinds.includes("image") && tPicture("formats")}
          </p>
          <div className="mt-3 flex flex-wrap items-center gap-x-3 gap-y-2">
            <Button ref={chooser} look="primary" onClick={() => input.current?.click()}>
              {t("choose", { things })}
            </Button>
            {kinds.includes("image") && <CameraButton onPicture={(picture) => onFiles([picture])} />}
          </div>
        </>
      )}
    </div>
  );
}
