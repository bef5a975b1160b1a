"use client";

import Link from "next/link";
import { useTranslations } from "use-intl";
import type { ListedKey } from "../../lib/server/accounts/keys.ts";
import { KeysSection } from "./keys-section.tsx";
import { PasswordSection } from "./password-section.tsx";
import { SessionsSection } from "./sessions-section.tsx";
import { SignInForm } from "./sign-in-form.tsx";

/** What the reader of this page is to the server. */
export type AccountState =
  | { readonly kind: "no-database" }
  /** Nobody has set a password yet. */
  | { readonly kind: "new" }
  | { readonly kind: "visitor" }
  | { readonly kind: "owner"; readonly sessions: number; readonly keys: readonly ListedKey[] };

interface AccountViewProps {
  readonly state: AccountState;
  /** Where to go after signing in. */
  readonly from: string;
}

/** Signing in, and what only the owner does: keys, sessions, the password, the log. */
export function AccountView({ state, from }: AccountViewProps) {
  const t = useTranslations("account");
  const runs = useTranslations("workshop.runs");
  return (
    <div className="page">
      <title>{t("pageTitle")}</title>
      <h1 className="text-2xl font-semibold sm:text-3xl">{t("heading")}</h1>
      {state.kind === "no-database" && (
        <div className="mt-8 border-t border-line pt-5">
          <p className="font-medium">{runs("noDatabase")}</p>
          <p className="text-muted">{runs("noDatabaseHint")}</p>
        </div>
      )}
      {(state.kind === "new" || state.kind === "visitor") && (
        <SignInForm key={state.kind} isNew={state.kind === "new"} from={from} />
      )}
      {state.kind === "owner" && (
        <>
          <SessionsSection count={state.sessions} />
          <KeysSection keys={state.keys} />
          <section className="mt-10 border-t border-line pt-6">
            <h2 className="text-xl font-semibold">{t("log.title")}</h2>
            <Link
              href="/account/log"
              prefetch={false}
              className="mt-2 inline-flex min-h-11 items-center font-medium text-accent underline underline-offset-4"
            >
              {t("log.open")}
            </Link>
          </section>
          <PasswordSection />
        </>
      )}
    </div>
  );
}
