"use client";

import type { RefObject } from "react";

interface FileChooserProps {
  readonly ref: RefObject<HTMLInputElement | null>;
  readonly id?: string;
  readonly multiple?: boolean;
  /** Media types and endings, as HTML's accept has them; pictures unless stated. */
  readonly accept?: string;
  readonly onFiles: (files: readonly File[]) => void;
}

/** Pictures, those included that browsers don't know to be some. */
export const pictureTypes = "image/*,.heic,.heif,.avif";

/** The browser's own dialog for choosing files; a click on the element behind `ref` opens it. */
export function FileChooser({ ref, id, multiple = false, accept = pictureTypes, onFiles }: FileChooserProps) {
  return (
    <input
      ref={ref}
      id={id}
      type="file"
      accept={accept}
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
