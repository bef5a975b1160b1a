import type { Metadata } from "next";
import localFont from "next/font/local";
import type { ReactNode } from "react";
import { languageTags } from "../lib/preferences.ts";
import { requestPreferences } from "../lib/server/request-preferences.ts";
import { NoticePlace } from "../lib/ui/notice.tsx";
import { PreferencesProvider } from "../lib/ui/preferences.tsx";
import { SiteFooter } from "../lib/ui/site-footer.tsx";
import { SiteHeader } from "../lib/ui/site-header.tsx";
import { ServiceWorker } from "./service-worker.tsx";
import "./globals.css";

const inter = localFont({
  src: "../node_modules/@fontsource-variable/inter/files/inter-latin-opsz-normal.woff2",
  weight: "100 900",
  variable: "--font-inter",
  // A face that comes late would be wider or narrower than the one shown meanwhile, and move what is being read.
  display: "optional",
});

/** Titles are written by the pages themselves, in the reader's language. */
export const metadata: Metadata = { applicationName: "Nacre" };

/** Every page: the reader's language and appearance from the first byte on, header and footer. */
export default async function RootLayout({ children }: { readonly children: ReactNode }) {
  const { locale, theme } = await requestPreferences();
  return (
    <html lang={languageTags[locale]} data-theme={theme} className={inter.variable}>
      <body className="flex min-h-dvh flex-col font-sans text-base">
        <PreferencesProvider locale={locale} theme={theme}>
          <SiteHeader />
          <main id="content" tabIndex={-1} className="flex-1 outline-none">
            {children}
          </main>
          <SiteFooter />
          <NoticePlace />
          <ServiceWorker />
        </PreferencesProvider>
      </body>
    </html>
  );
}
