"use client";

import { useEffect, useRef, useState } from "react";
import { filesOf } from "./dropped-files.ts";

/** Files that arrived together; empty if what was dropped or pasted held none. */
export type OnFiles = (files: readonly File[]) => void;

/**
 * Takes files and folders that are dropped anywhere on the page or pasted into it. Returns whether something is being
 * dragged over the page at the moment.
 */
export function usePictureSources(onFiles: OnFiles): boolean {
  const [dragging, setDragging] = useState(false);
  const handler = useRef(onFiles);
  useEffect(() => {
    handler.current = onFiles;
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
      take(event.dataTransfer);
    };
    const paste = (event: ClipboardEvent) => take(event.clipboardData);
    const take = (transfer: DataTransfer | null) =>
      void filesOf(transfer).then((files) => handler.current(files));

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
