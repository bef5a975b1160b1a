"use client";

import { useState } from "react";
import { useTranslations } from "use-intl";
import { Button } from "./button.tsx";
import { CameraDialog } from "./camera-dialog.tsx";
import { CameraIcon } from "./icons.tsx";
import type { LiveAnswers } from "./live-answer.tsx";

interface CameraButtonProps {
  /** Who answers while the camera looks, where somebody can. */
  readonly live?: LiveAnswers;
  readonly onPicture: (picture: File) => void;
}

/** Opens the camera. */
export function CameraButton({ live, onPicture }: CameraButtonProps) {
  const t = useTranslations("picture");
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setOpen(true)}>
        <CameraIcon />
        {t("camera")}
      </Button>
      {open && (
        <CameraDialog
          live={live}
          onClose={() => setOpen(false)}
          onPicture={(still) => onPicture(new File([still], t("photographed"), { type: still.type }))}
        />
      )}
    </>
  );
}
