"use client";

import { memo } from "react";
import { useTranslations } from "use-intl";
import { COLUMNS, ROWS, type Scene } from "../../../lib/sound/scene.ts";
import { useChoices } from "../../../lib/ui/preferences.tsx";

/** A place's side, in units of the drawing, and the room above for the air. */
const [side, air] = [40, 22];
const [width, height] = [COLUMNS * side, air + ROWS * side + 18];

/** How the boat lies for the direction it looks in: turned, and mirrored to the left. */
const lies = { right: "", left: "scale(-1, 1)", up: "rotate(-40deg)", down: "rotate(40deg)" } as const;

/** A submarine between the surface and the sea floor; what it does is also told in words. */
export const SceneView = memo(function SceneView({ scene }: { readonly scene: Scene }) {
  const t = useTranslations("sound.scene");
  const { locale } = useChoices();
  const { x, y, facing, going, lamp } = scene;
  return (
    <section className="mt-6">
      <h3 className="text-sm font-semibold">{t("title")}</h3>
      <svg
        aria-hidden="true" // the sentence below says it all
        viewBox={`0 0 ${width} ${height}`}
        className="mt-2 w-full rounded-sm border border-line bg-sheet"
        fill="none"
        strokeWidth="1.4"
        strokeLinecap="round"
        strokeLinejoin="round"
      >
        <Sea />
        <g
          className="stroke-ink motion-safe:transition-transform motion-safe:duration-200"
          ref={(element) => {
            // Set from here and not as markup: the page's policy allows no inline styles.
            if (element === null) return;
            element.style.transform = `translate(${(x + 0.5) * side}px, ${air + (y + 0.5) * side}px)`;
          }}
        >
          <g
            ref={(element) => {
              if (element !== null) element.style.transform = lies[facing];
            }}
          >
            <Submarine lamp={lamp} going={going} />
          </g>
        </g>
      </svg>
      <p role="status" className="sr-only">
        {t("state", {
          column: x + 1,
          columns: COLUMNS,
          row: y + 1,
          rows: ROWS,
          going: String(going),
          facing: t(`facing.${facing}`),
          lamp: String(lamp),
        })}
      </p>
      <p className="mt-2 text-sm text-muted">{t(locale === "en" ? "hint" : "hintSpoken")}</p>
    </section>
  );
});

function Sea() {
  const waves = Array.from({ length: 12 }, (_, i) => `q7.5 ${i % 2 === 0 ? -5 : 5} 15 0t15 0`).join("");
  return (
    <>
      <path d={`M0 14${waves}`} className="stroke-signal" />
      <path
        d={`M0 ${height - 8}c40-8 70 4 110-2s60-8 110-2 80 6 140-2`}
        className="stroke-edge"
        strokeWidth="1.2"
      />
      <path
        d={`M42 ${height - 12}c-6-10 5-16 0-28M52 ${height - 11}c5-9-5-14 0-22M318 ${height - 12}c-6-10 6-18 0-32M308 ${height - 11}c5-8-4-12 0-18`}
        className="stroke-signal"
      />
    </>
  );
}

/** Looks to the right, its middle at 0, 0. */
function Submarine({ lamp, going }: { readonly lamp: boolean; readonly going: boolean }) {
  return (
    <>
      {lamp && <path d="M17 1 58-13v30Z" className="fill-signal/25 stroke-none" />}
      <path d="M-15 1c0-5 7-8 15-8s17 3 17 9-8 9-17 9-15-4-15-10Z" className="fill-sheet" />
      <path d="M-4-7v-5h9v5M1-12v-4h4" />
      <circle cx="7" cy="1" r="2.6" className={lamp ? "fill-signal" : ""} />
      <circle cx="-1" cy="1" r="2.6" />
      <path d="M-15 1h-3M-18-4v10" />
      {going && <path d="M-24-3v.01M-28 2v.01M-23 6v.01" strokeWidth="2.4" className="stroke-signal" />}
    </>
  );
}
