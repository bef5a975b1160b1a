"use client";

import { useEffect, useRef } from "react";
import type { Field } from "../../../lib/class-map/class-maps.ts";
import { palette } from "../../../lib/class-map/palette.ts";
import { picturePlace } from "../../../lib/ui/picture-frame.tsx";

interface HeatMapProps {
  /** In [0, 1], in the proportions of the picture it lies on. */
  readonly field: Field;
  /** In [0, 1]. */
  readonly opacity: number;
}

/** Colours over a picture. What they say stands beside it as a sentence. */
export function HeatMap({ field, opacity }: HeatMapProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    if (canvas.current !== null) paint(canvas.current, field);
  }, [field]);
  return (
    <canvas
      ref={(element) => {
        canvas.current = element;
        // Set from here and not as markup: the page's policy allows no inline styles.
        if (element !== null) element.style.opacity = String(opacity);
      }}
      data-testid="heat-map"
      width={field.width}
      height={field.height}
      className={`${picturePlace} motion-safe:transition-opacity motion-safe:starting:opacity-0`}
    />
  );
}

/** From none to most, as a strip. */
export function HeatScale() {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const values = Float32Array.from(palette, (_, step) => step / (palette.length - 1));
    if (canvas.current !== null) paint(canvas.current, { values, width: palette.length, height: 1 });
  }, []);
  return <canvas ref={canvas} width={palette.length} height={1} className="h-2 w-24 rounded-full" />;
}

function paint(canvas: HTMLCanvasElement, { values, width, height }: Field): void {
  const image = new ImageData(width, height);
  for (const [i, value] of values.entries()) {
    image.data.set(palette[Math.round(value * (palette.length - 1))]!, 4 * i);
    image.data[4 * i + 3] = 255;
  }
  canvas.getContext("2d")?.putImageData(image, 0, 0);
}
