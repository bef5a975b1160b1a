"use client";

import { useEffect, useState } from "react";
import type { InputKind } from "../../lib/content.ts";
import { useObjectUrl } from "../../lib/ui/use-object-url.ts";

interface CorrectedItemProps {
  readonly kind: InputKind;
  /** The thing itself, or its address on this server. */
  readonly source: Blob | string;
  /** What it is called. */
  readonly label: string;
  /** The size of a picture. */
  readonly className: string;
}

/** A picture, a player, or a text as it is: nothing in it is taken for a part of the page. */
export function CorrectedItem({ kind, source, label, className }: CorrectedItemProps) {
  const own = useObjectUrl(source instanceof Blob && kind !== "text" ? source : undefined);
  const url = source instanceof Blob ? own : source;
  if (kind === "text") return <TextItem source={source} label={label} />;
  if (kind === "sound")
    // biome-ignore lint/a11y/useMediaCaption: what is said in it is what is asked.
    return <audio controls src={url} aria-label={label} className="h-11 w-full max-w-96" />;
  return (
    <div className={className}>
      {/* biome-ignore lint/performance/noImgElement: there is nothing to optimise about it. */}
      {url !== undefined && <img src={url} alt={label} className="size-full rounded-sm object-contain" />}
    </div>
  );
}

function TextItem({ source, label }: Pick<CorrectedItemProps, "source" | "label">) {
  const [text, setText] = useState("");
  useEffect(() => {
    let over = false;
    const read = source instanceof Blob ? source.text() : fetch(source).then((answer) => answer.text());
    read.then(
      (found) => !over && setText(found),
      () => undefined, // it was taken away meanwhile
    );
    return () => {
      over = true;
    };
  }, [source]);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard (WCAG 2.2, 2.1.1)
    <figure aria-label={label} tabIndex={0} className="max-h-40 overflow-y-auto rounded-sm">
      <p dir="auto" className="wrap-anywhere whitespace-pre-wrap">
        {text}
      </p>
    </figure>
  );
}
