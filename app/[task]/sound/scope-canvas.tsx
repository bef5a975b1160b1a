"use client";

import { useEffect, useRef } from "react";
import { drawScope, type Rgb, type ScopeColours, type ScopeHistory } from "../../../lib/sound/scope.ts";
import { useChoices } from "../../../lib/ui/preferences.tsx";

interface ScopeCanvasProps {
  readonly history: ScopeHistory;
  /** More sound is coming: draw with every frame of the screen. */
  readonly running: boolean;
  /** What the picture shows, for those who don't see it. */
  readonly label: string;
}

/** The curve of the sound and its bands of pitch, as they come. */
export function ScopeCanvas({ history, running, label }: ScopeCanvasProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const { theme } = useChoices();

  // biome-ignore lint/correctness/useExhaustiveDependencies: another theme has other colours.
  useEffect(() => {
    const target = canvas.current;
    if (target === null) return;
    const bands = new OffscreenCanvas(1, 1);
    const still = matchMedia("(prefers-reduced-motion: reduce)");
    const dark = matchMedia("(prefers-color-scheme: dark)");
    let drawn = -1;
    let frame = 0;
    const draw = () => {
      drawn = history.received;
      const fills = still.matches || history.received < history.columns;
      drawScope(target, bands, history, coloursOf(target), !running ? "rests" : fills ? "fills" : "moves");
    };
    const loop = () => {
      if (drawn !== history.received) draw();
      frame = requestAnimationFrame(loop);
    };
    const resized = new ResizeObserver(draw);
    resized.observe(target);
    dark.addEventListener("change", draw);
    if (running) loop();
    else draw();
    return () => {
      cancelAnimationFrame(frame);
      resized.disconnect();
      dark.removeEventListener("change", draw);
    };
  }, [history, running, theme]);

  return (
    <canvas
      ref={canvas}
      role="img"
      aria-label={label}
      className="absolute inset-0 size-full border-line bg-sheet text-ink caret-signal"
    />
  );
}

/** The page's colours as the canvas bears them: a script cannot resolve light-dark() by itself. */
function coloursOf(canvas: HTMLCanvasElement): ScopeColours {
  const { color, backgroundColor, borderTopColor, caretColor } = getComputedStyle(canvas);
  return {
    line: borderTopColor,
    text: color,
    scale: [rgbOf(backgroundColor), rgbOf(caretColor), rgbOf(color)],
  };
}

/** "rgb(1, 2, 3)", as browsers serialise it (CSS Color 4, §16.2). */
function rgbOf(colour: string): Rgb {
  const [r = 0, g = 0, b = 0] = (colour.match(/[\d.]+/g) ?? []).map(Number);
  return [r, g, b];
}
