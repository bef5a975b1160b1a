"use client";

import { type ReactNode, useRef } from "react";
import { Button } from "../../../lib/ui/button.tsx";
import { MicrophoneIcon } from "../../../lib/ui/icons.tsx";

interface TalkButtonProps {
  readonly disabled?: boolean;
  /** It records at the moment. */
  readonly busy: boolean;
  /** `held`: pressed by a finger or a mouse, which will let go. A key or a screen reader only presses. */
  readonly onStart: (held: boolean) => void;
  readonly onRelease: () => void;
  readonly children: ReactNode;
}

/** Starts a recording when it is pressed; it lasts at least a moment and as long as the button is held. */
export function TalkButton({ disabled = false, busy, onStart, onRelease, children }: TalkButtonProps) {
  const byPointer = useRef(false);
  return (
    <Button
      look="primary"
      disabled={disabled}
      aria-disabled={busy}
      className="touch-none select-none"
      onPointerDown={(event) => {
        if (busy || event.button !== 0) return;
        byPointer.current = true;
        event.currentTarget.setPointerCapture(event.pointerId);
        onStart(true);
      }}
      onPointerUp={onRelease}
      onPointerCancel={onRelease}
      onClick={() => {
        if (!byPointer.current && !busy) onStart(false);
        byPointer.current = false;
      }}
    >
      <MicrophoneIcon />
      {children}
    </Button>
  );
}
