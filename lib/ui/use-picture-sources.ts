"use client";

import { useEffect, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import { hasPictureEnding } from "../../engine/data/image/pictureName.ts";
import { filesOf } from "./dropped-files.ts";

/** Files that arrived together; empty if what was dropped or pasted held none. */
export type OnFiles = (files: readonly File[]) => void;

/**
 * Takes files and folders that are dropped anywhere on the page or pasted into it, and with `texts` also words,
 * as a file of their own. Of a folder, those files count whose names `fits` accepts. Returns whether something is
 * being dragged over the page at the moment.
 */
export function usePictureSources(
  onFiles: OnFiles,
  { texts = false, fits = hasPictureEnding } = {},
): boolean {
  const t = useTranslations("picture");
  const [dragging, setDragging] = useState(false);
  const named = (file: File) =>
    file.name === "" ? new File([file], t("pasted"), { type: file.type }) : file;
  const take = async (transfer: DataTransfer | null) => {
    const text = texts ? wordsOf(transfer) : undefined;
    const files = await filesOf(transfer, fits);
    if (files.length > 0 || text === undefined) onFiles(files.map(named));
    else onFiles([new File([text], t("pastedText"), { type: "text/plain" })]);
  };
  const handler = useRef(take);
  useEffect(() => {
    handler.current = take;
  });

  useEffect(() => {
    // Entering a child comes before leaving its parent: count, and it is over when none is left.
    let depth = 0;
    const over = (event: DragEvent) => event.preventDefault(); // without this the browser opens the file
    const enter = () => {
      depth++;
      setDragging(true);
    };
    const leave = () => {
      depth = Math.max(0, depth - 1);
      setDragging(depth > 0);
    };
    const drop = (event: DragEvent) => {
      event.preventDefault();
      depth = 0;
      setDragging(false);
      void handler.current(event.dataTransfer);
    };
    const paste = (event: ClipboardEvent) => {
      const { target, clipboardData } = event;
      // Words that are pasted into a field are for the field.
      const field = target instanceof HTMLTextAreaElement || target instanceof HTMLInputElement;
      if (!field || clipboardData?.types.includes("Files")) void handler.current(clipboardData);
    };

    addEventListener("dragover", over);
    addEventListener("dragenter", enter);
    addEventListener("dragleave", leave);
    addEventListener("drop", drop);
    addEventListener("paste", paste);
    return () => {
      removeEventListener("dragover", over);
      removeEventListener("dragenter", enter);
      removeEventListener("dragleave", leave);
      removeEventListener("drop", drop);
      removeEventListener("paste", paste);
    };
  }, []);

  return dragging;
}

/** Words that were dropped or pasted; undefined where there are none, or only the address of something. */
function wordsOf(transfer: DataTransfer | null): string | undefined {
  if (transfer === null || transfer.types.includes("text/uri-list")) return undefined;
  return transfer.getData("text/plain").trim() || undefined;
}
