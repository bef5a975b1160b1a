import { cookies, headers } from "next/headers";
import { cookieNames, locales, negotiateLocale, oneOf, type Preferences, themes } from "../preferences.ts";

/** The reader's language, theme and model, from this request's cookies, else from what the browser asks for. */
export async function requestPreferences(): Promise<Preferences> {
  const [jar, head] = await Promise.all([cookies(), headers()]);
  return {
    locale:
      oneOf(locales, jar.get(cookieNames.locale)?.value) ?? negotiateLocale(head.get("accept-language")),
    theme: oneOf(themes, jar.get(cookieNames.theme)?.value) ?? "system",
    variant: jar.get(cookieNames.variant)?.value,
  };
}
