"use client";

import type { ReactNode } from "react";
import type { ScopeHistory } from "../../../lib/sound/scope.ts";
import { ScopeCanvas } from "./scope-canvas.tsx";

interface SoundFrameProps {
  /** What is drawn; undefined where there is nothing yet. */
  readonly history: ScopeHistory | undefined;
  readonly running: boolean;
  readonly label: string;
  readonly dragging?: boolean;
  /** What stands in the empty frame, or lies in a corner of the full one. */
  readonly children?: ReactNode;
}

/** A frame for sound that keeps its shape whatever it holds. */
export function SoundFrame({ history, running, label, dragging = false, children }: SoundFrameProps) {
  return (
    <div
      data-dragging={dragging || undefined}
      className="group relative aspect-4/3 overflow-hidden rounded-sm border border-line bg-sheet transition-colors data-dragging:border-signal data-dragging:bg-signal-wash sm:aspect-2/1"
    >
      {history !== undefined && !dragging && (
        <ScopeCanvas history={history} running={running} label={label} />
      )}
      {children}
    </div>
  );
}
