"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { useTranslations } from "use-intl";
import { passwordFault } from "../../lib/accounts/password-rules.ts";
import { Button } from "../../lib/ui/button.tsx";
import { FaultText, PasswordField } from "./fields.tsx";
import { type Fault, faultOf, send } from "./send.ts";

/** Where the password is changed, by whoever knows the present one. */
export function PasswordSection() {
  const t = useTranslations("account.change");
  const router = useRouter();
  const [fault, setFault] = useState<Fault>();
  const [isChanged, setChanged] = useState(false);

  async function change(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = event.currentTarget;
    const { current, password } = Object.fromEntries(new FormData(form)) as Record<string, string>;
    const found = passwordFault(password!);
    const answer = found ? undefined : await send("PUT", "/account/password", { current, password });
    setFault(found ?? faultOf(answer, "wrongPassword", 403));
    setChanged(answer?.ok ?? false);
    if (answer?.ok) form.reset();
    // Who was signed out meanwhile is shown where to sign in.
    if (answer?.ok || answer?.status === 401) router.refresh();
  }

  return (
    <details className="mt-10 border-t border-line pt-4">
      <summary className="min-h-11 py-2 text-xl font-semibold">{t("title")}</summary>
      <p className="text-muted">{t("lead")}</p>
      <form onSubmit={(event) => void change(event)} className="mt-4 flex flex-col items-start gap-5">
        <PasswordField name="current" label={t("current")} />
        <PasswordField name="password" label={t("next")} isNew />
        <FaultText fault={fault} />
        <Button type="submit">{t("change")}</Button>
        <p role="status" className="text-sm text-muted empty:hidden">
          {isChanged && t("changed")}
        </p>
      </form>
    </details>
  );
}
