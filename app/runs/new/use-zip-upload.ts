"use client";

import { useEffect, useRef, useState } from "react";
import type { Received } from "../../../lib/server/uploads/receive.ts";

/** How far a zip has come. */
export type Upload =
  | { readonly state: "sending"; readonly name: string; readonly sent: number; readonly total: number }
  | { readonly state: "unpacking" | "notZip"; readonly name: string }
  | { readonly state: "unpacked"; readonly files: number; readonly leftOut: number }
  /** With the server's sentence where it said one. */
  | { readonly state: "failed"; readonly sentence: string | undefined };

/** Sends a zip to the server, one at a time, and hears which folder it has become. */
export function useZipUpload(onFolder: (folder: string) => void) {
  const [upload, setUpload] = useState<Upload>();
  const request = useRef<XMLHttpRequest>(undefined);
  useEffect(() => () => request.current?.abort(), []);

  function send(file: File) {
    const { name, size } = file;
    request.current?.abort();
    if (!/\.zip$/i.test(name)) return setUpload({ state: "notZip", name });
    // fetch tells nothing of what has been sent.
    const sending = new XMLHttpRequest();
    request.current = sending;
    sending.open("POST", "/runs/uploads");
    sending.setRequestHeader("Content-Type", "application/zip");
    sending.upload.onprogress = ({ loaded }) =>
      setUpload({ state: "sending", name, sent: loaded, total: size });
    sending.upload.onload = () => setUpload({ state: "unpacking", name });
    sending.onerror = () => setUpload({ state: "failed", sentence: undefined });
    sending.onload = () => {
      if (sending.status !== 201)
        return setUpload({ state: "failed", sentence: sending.responseText.trim() || undefined });
      const { folder, files, leftOut }: Received = JSON.parse(sending.responseText);
      setUpload({ state: "unpacked", files, leftOut });
      onFolder(folder);
    };
    setUpload({ state: "sending", name, sent: 0, total: size });
    sending.send(file);
  }
  function cancel() {
    request.current?.abort();
    setUpload(undefined);
  }
  return { upload, send, cancel };
}
