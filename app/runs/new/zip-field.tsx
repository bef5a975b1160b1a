"use client";

import { useId, useRef } from "react";
import { useTranslations } from "use-intl";
import { Button } from "../../../lib/ui/button.tsx";
import { ByteProgress } from "../../../lib/ui/byte-progress.tsx";
import { FileChooser } from "../../../lib/ui/file-chooser.tsx";
import { useQuantities } from "../../../lib/ui/quantities.ts";
import { usePictureSources } from "../../../lib/ui/use-picture-sources.ts";
import { useZipUpload } from "./use-zip-upload.ts";

/** Takes a zip of class folders, sends it, and tells which folder of the server it has become. */
export function ZipField({ onFolder }: { readonly onFolder: (folder: string) => void }) {
  const t = useTranslations("jobs");
  const { megabytes } = useQuantities();
  const inputId = useId();
  const input = useRef<HTMLInputElement>(null);
  const { upload, send, cancel } = useZipUpload(onFolder);
  const take = ([file]: readonly File[]) => file && send(file);
  const dragging = usePictureSources(take, { fits: isZip });
  const isSending = upload?.state === "sending" || upload?.state === "unpacking";
  return (
    <div>
      <label
        htmlFor={inputId}
        data-dragging={dragging || undefined}
        className="flex min-h-32 flex-col items-center justify-center gap-1 rounded-md border border-dashed border-edge px-4 py-5 text-center transition-colors data-dragging:border-accent data-dragging:bg-accent-wash"
      >
        <span className="font-medium pointer-coarse:hidden">{t("drop")}</span>
        <span className="hidden font-medium pointer-coarse:inline">{t("tap")}</span>
        <span className="text-sm text-muted">{t("dropHint")}</span>
      </label>
      <FileChooser ref={input} id={inputId} accept=".zip,application/zip" onFiles={take} />
      <div className="mt-3 flex flex-wrap items-center gap-x-4 gap-y-2">
        <Button disabled={isSending} onClick={() => input.current?.click()}>
          {t("chooseZip")}
        </Button>
        {isSending && <Button onClick={cancel}>{t("cancelSending")}</Button>}
        <p aria-live="polite" className="min-h-6 min-w-0 flex-1 text-sm text-muted wrap-anywhere">
          {upload?.state === "sending" && t("sending", { name: upload.name })}
          {upload?.state === "unpacking" && t("unpacking", { name: upload.name })}
          {upload?.state === "unpacked" && t("unpacked", { files: upload.files, leftOut: upload.leftOut })}
          {upload?.state === "notZip" && (
            <span className="text-danger">{t("notZip", { name: upload.name })}</span>
          )}
          {upload?.state === "failed" && (
            <span lang={upload.sentence ? "en" : undefined} className="text-danger">
              {upload.sentence ?? t("failed")}
            </span>
          )}
        </p>
      </div>
      {upload?.state === "sending" && (
        <div className="mt-2">
          <ByteProgress
            received={upload.sent}
            total={upload.total}
            label={t("sending", { name: upload.name })}
          />
          <p className="figures mt-1 text-sm text-muted">
            {t("sent", { received: megabytes(upload.sent), total: megabytes(upload.total) })}
          </p>
        </div>
      )}
    </div>
  );
}

const isZip = (name: string): boolean => /\.zip$/i.test(name);
