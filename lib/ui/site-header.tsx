"use client";

import Link from "next/link";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { type Locale, languageTags, type Theme, themes } from "../preferences.ts";
import { MoonIcon, NacreMark, SunIcon, SystemIcon } from "./icons.tsx";
import { useChoices } from "./preferences.tsx";

/** Name, language and appearance: the same at the top of each page. */
export function SiteHeader() {
  const t = useTranslations("site");
  return (
    <header className="page flex h-16 items-center justify-between gap-4 sm:h-20">
      <a
        href="#content"
        className="sr-only rounded-md bg-accent px-4 py-3 text-on-accent focus:not-sr-only focus:absolute focus:top-3 focus:left-3 focus:z-10"
      >
        {t("skip")}
      </a>
      <Link href="/" aria-label={t("home")} className="-m-2 flex items-center gap-2.5 rounded-md p-2">
        <span className="text-accent">
          <NacreMark />
        </span>
        <span className="text-lg font-semibold tracking-tight">Nacre</span>
      </Link>
      <div className="-mr-3 flex items-center gap-1">
        <LanguageSwitch />
        <ThemeSwitch />
      </div>
    </header>
  );
}

const languages: readonly { readonly locale: Locale; readonly name: string }[] = [
  { locale: "en", name: "English" },
  { locale: "zh", name: "中文" },
];

function LanguageSwitch() {
  const t = useTranslations("site");
  const { locale, setLocale } = useChoices();
  return (
    <fieldset className="flex">
      <legend className="sr-only">{t("language")}</legend>
      {languages.map(({ locale: candidate, name }) => (
        <button
          key={candidate}
          type="button"
          lang={languageTags[candidate]}
          aria-pressed={candidate === locale}
          onClick={() => setLocale(candidate)}
          className="min-h-11 rounded-md px-2.5 text-sm text-muted transition-colors hover:text-ink aria-pressed:font-medium aria-pressed:text-ink"
        >
          {name}
        </button>
      ))}
    </fieldset>
  );
}

const appearance: Readonly<
  Record<Theme, { label: "appearanceSystem" | "appearanceLight" | "appearanceDark"; icon: ReactNode }>
> = {
  system: { label: "appearanceSystem", icon: <SystemIcon /> },
  light: { label: "appearanceLight", icon: <SunIcon /> },
  dark: { label: "appearanceDark", icon: <MoonIcon /> },
};

/** One button that goes round: as the system, light, dark. */
function ThemeSwitch() {
  const t = useTranslations("site");
  const { theme, setTheme } = useChoices();
  const { label, icon } = appearance[theme];
  return (
    <button
      type="button"
      aria-label={t(label)}
      title={t(label)}
      onClick={() => setTheme(themes[(themes.indexOf(theme) + 1) % themes.length]!)}
      className="flex size-11 items-center justify-center rounded-md text-muted transition-colors hover:text-ink"
    >
      {icon}
    </button>
  );
}
