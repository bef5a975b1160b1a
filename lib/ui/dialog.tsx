"use client";

import { type ReactNode, useEffect, useRef } from "react";

interface DialogProps {
  /** The id of its heading. */
  readonly labelledBy: string;
  readonly onClose: () => void;
  /** `close` gives the focus back to where it was. */
  readonly children: (close: () => void) => ReactNode;
}

/** A window over the page, open for as long as it is there. */
export function Dialog({ labelledBy, onClose, children }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    dialog.current?.showModal();
  }, []);
  return (
    <dialog
      ref={dialog}
      onClose={onClose}
      aria-labelledby={labelledBy}
      className="m-auto w-[min(32rem,calc(100vw-2rem))] rounded-md border border-line bg-sheet p-5 text-ink shadow-sheet backdrop:bg-veil"
    >
      {children(() => dialog.current?.close())}
    </dialog>
  );
}
