"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { useTranslations } from "use-intl";
import { Button } from "./button.tsx";

/** Where the owner shows the token, or takes the pass back; at the foot of pages on which something can be changed. */
export function OwnerSignIn({ isOwner }: { readonly isOwner: boolean }) {
  const t = useTranslations("workshop.owner");
  const router = useRouter();
  const [fault, setFault] = useState<"wrong" | "wait" | "failed">();

  async function send(method: "POST" | "DELETE", body?: string) {
    const answer = await fetch("/session", { method, body }).catch(() => undefined);
    setFault(answer === undefined ? "failed" : faults[answer.status]);
    if (answer?.ok) router.refresh();
  }
  function signIn(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    void send("POST", String(new FormData(event.currentTarget).get("token")));
  }

  if (isOwner) {
    return (
      <p className="mt-12 flex flex-wrap items-center gap-4 border-t border-line pt-4 text-sm text-muted">
        {t("signedIn")}
        <Button onClick={() => void send("DELETE")}>{t("signOut")}</Button>
      </p>
    );
  }
  return (
    <details className="mt-12 border-t border-line pt-4">
      <summary className="min-h-11 py-2 font-semibold">{t("title")}</summary>
      <p className="max-w-prose text-sm text-muted">{t("lead")}</p>
      <form onSubmit={signIn} className="mt-3 flex flex-wrap items-end gap-3">
        <label className="text-sm">
          {t("token")}
          <input
            name="token"
            type="password"
            required
            autoComplete="current-password"
            aria-describedby="sign-in-fault"
            className="mt-1 block min-h-11 w-72 max-w-full rounded-md border border-edge bg-sheet px-3 text-base"
          />
        </label>
        <Button type="submit">{t("signIn")}</Button>
      </form>
      <p id="sign-in-fault" role="alert" className="mt-2 text-sm text-danger empty:hidden">
        {fault && t(fault)}
      </p>
    </details>
  );
}

/** What a status of the answer means to a person. */
const faults: Readonly<Record<number, "wrong" | "wait" | "failed">> = {
  401: "wrong",
  413: "wrong",
  403: "failed",
  429: "wait",
  500: "failed",
};
