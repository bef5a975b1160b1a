"use client";

import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from "react";
import { IntlProvider } from "use-intl";
import { en } from "../i18n/en.ts";
import { zh } from "../i18n/zh.ts";
import {
  type Locale,
  languageTags,
  locales,
  oneOf,
  recall,
  remember,
  type Theme,
  themes,
} from "../preferences.ts";

const messages = { en, zh };

interface Choices {
  readonly locale: Locale;
  readonly theme: Theme;
  readonly setLocale: (locale: Locale) => void;
  readonly setTheme: (theme: Theme) => void;
}

const ChoicesContext = createContext<Choices | undefined>(undefined);

/** The reader's language and appearance, and the means to change them. */
export function useChoices(): Choices {
  const choices = useContext(ChoicesContext);
  if (choices === undefined) throw new Error("useChoices needs a PreferencesProvider above it.");
  return choices;
}

/**
 * Gives all below it their words. Both languages travel along (a few kilobytes), so a change takes effect
 * at once, offline too, and nothing on the page is lost.
 */
export function PreferencesProvider({
  locale: initialLocale,
  theme: initialTheme,
  children,
}: {
  readonly locale: Locale;
  readonly theme: Theme;
  readonly children: ReactNode;
}) {
  const [locale, showLocale] = useState(initialLocale);
  const [theme, showTheme] = useState(initialTheme);

  // A page from the offline cache was written for the choices of an earlier visit.
  useEffect(() => {
    const chosen = oneOf(locales, recall("locale"));
    if (chosen !== undefined) showLocale(chosen);
    showTheme(oneOf(themes, recall("theme")) ?? "system");
  }, []);

  useEffect(() => {
    document.documentElement.lang = languageTags[locale];
  }, [locale]);
  useEffect(() => {
    document.documentElement.dataset.theme = theme;
  }, [theme]);

  const setLocale = useCallback((next: Locale) => {
    remember("locale", next);
    showLocale(next);
  }, []);
  const setTheme = useCallback((next: Theme) => {
    remember("theme", next);
    showTheme(next);
  }, []);
  const choices = useMemo(
    () => ({ locale, theme, setLocale, setTheme }),
    [locale, theme, setLocale, setTheme],
  );

  return (
    <ChoicesContext value={choices}>
      <IntlProvider locale={locale} messages={messages[locale]} timeZone="UTC">
        {children}
      </IntlProvider>
    </ChoicesContext>
  );
}
