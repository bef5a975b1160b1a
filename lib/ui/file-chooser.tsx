"use client";

import type { RefObject } from "react";

interface FileChooserProps {
  readonly ref: RefObject<HTMLInputElement | null>;
  readonly id?: string;
  readonly multiple?: boolean;
  readonly onFiles: (files: readonly File[]) => void;
}

/** The browser's own dialog for choosing pictures; a click on the element behind `ref` opens it. */
export function FileChooser({ ref, id, multiple = false, onFiles }: FileChooserProps) {
  return (
    <input
      ref={ref}
      id={id}
      type="file"
      accept="image/*,.heic,.heif,.avif"
      multiple={multiple}
      hidden
      onChange={(event) => {
        const files = [...(event.target.files ?? [])];
        event.target.value = ""; // so that the same file can be chosen again
        if (files.length > 0) onFiles(files);
      }}
    />
  );
}
