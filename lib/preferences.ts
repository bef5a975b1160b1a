/** What a reader chose and the site remembers: three cookies that never leave this site. */

export const locales = ["en", "zh"] as const;
export type Locale = (typeof locales)[number];

/** BCP 47 tags for the page's lang attribute. */
export const languageTags: Readonly<Record<Locale, string>> = { en: "en", zh: "zh-Hans" };

export const themes = ["system", "light", "dark"] as const;
export type Theme = (typeof themes)[number];

export interface Preferences {
  readonly locale: Locale;
  readonly theme: Theme;
  /** The model that the reader picked last, such as "light"; undefined before any choice. */
  readonly variant: string | undefined;
}

export const cookieNames: Readonly<Record<keyof Preferences, string>> = {
  locale: "nacre-locale",
  theme: "nacre-theme",
  variant: "nacre-variant",
};

/** The preference if it is one of those allowed, else undefined: cookies are text from outside. */
export function oneOf<T extends string>(allowed: readonly T[], value: string | undefined): T | undefined {
  return allowed.find((candidate) => candidate === value);
}

/**
 * The language of an Accept-Language header (RFC 9110 §12.5.4) among ours: the highest weight wins, the
 * first of equals; English where none fits.
 */
export function negotiateLocale(acceptLanguage: string | null): Locale {
  const ranked = (acceptLanguage ?? "")
    .split(",")
    .map((range) => {
      const [tag = "", ...parameters] = range.trim().toLowerCase().split(";");
      const quality = parameters.find((parameter) => parameter.trim().startsWith("q="));
      const weight = quality === undefined ? 1 : Number(quality.trim().slice(2));
      return { locale: oneOf(locales, tag.split("-")[0]), weight };
    })
    .filter((choice) => choice.weight > 0)
    .sort((a, b) => b.weight - a.weight);
  return ranked.find((choice) => choice.locale !== undefined)?.locale ?? "en";
}

/** Remembers a choice for a year, in the browser. */
export function remember(name: keyof Preferences, value: string): void {
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing in Firefox before 140.
  document.cookie = `${cookieNames[name]}=${encodeURIComponent(value)}; Path=/; Max-Age=31536000; SameSite=Lax`;
}

/** A choice remembered earlier, read in the browser; undefined where there is none. */
export function recall(name: keyof Preferences): string | undefined {
  const prefix = `${cookieNames[name]}=`;
  const found = document.cookie.split("; ").find((cookie) => cookie.startsWith(prefix));
  return found === undefined ? undefined : decodeURIComponent(found.slice(prefix.length));
}
