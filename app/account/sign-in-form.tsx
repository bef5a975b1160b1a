"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { useTranslations } from "use-intl";
import { passwordFault } from "../../lib/accounts/password-rules.ts";
import { Button } from "../../lib/ui/button.tsx";
import { FaultText, Field, PasswordField } from "./fields.tsx";
import { type Fault, faultOf, send } from "./send.ts";

interface SignInFormProps {
  /** Whether there is no password yet: then this sets it. */
  readonly isNew: boolean;
  /** Where to go on: the page that sent the reader here. */
  readonly from: string;
}

/** Where the owner shows the password, or sets it for the first time. */
export function SignInForm({ isNew, from }: SignInFormProps) {
  const t = useTranslations("account");
  const words = useTranslations(isNew ? "account.setup" : "account.signIn");
  const router = useRouter();
  const [fault, setFault] = useState<Fault>();
  const [isSending, setSending] = useState(false);

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const { code, password } = Object.fromEntries(new FormData(event.currentTarget)) as Record<
      string,
      string
    >;
    const found = isNew ? passwordFault(password!) : undefined;
    setFault(found);
    if (found) return;
    setSending(true);
    const answer = isNew
      ? await send("POST", "/account/setup", { code, password })
      : await send("POST", "/session", { password });
    setSending(false);
    setFault(faultOf(answer, isNew ? "wrongCode" : "wrongPassword"));
    // In another window it may have been set meanwhile, which the page then shows.
    if (answer?.ok) router.replace(from);
    if (answer?.ok || answer?.status === 409) router.refresh();
  }

  return (
    <section className="mt-8 border-t border-line pt-6">
      <h2 className="text-xl font-semibold">{words("title")}</h2>
      <p className="mt-2 max-w-prose text-muted">{words("lead")}</p>
      <form onSubmit={(event) => void submit(event)} className="mt-5 flex flex-col items-start gap-5">
        {isNew && <Field name="code" label={t("setup.code")} autoComplete="one-time-code" />}
        <PasswordField name="password" label={t("password")} isNew={isNew} />
        <FaultText fault={fault} />
        <Button type="submit" look="primary" disabled={isSending}>
          {isNew ? t("setup.set") : t("signIn.title")}
        </Button>
      </form>
      <p className="mt-5 max-w-prose text-sm text-muted">{words("lost")}</p>
    </section>
  );
}
