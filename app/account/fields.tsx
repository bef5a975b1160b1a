"use client";

import { type ComponentProps, useId, useState } from "react";
import { useTranslations } from "use-intl";
import { LEAST_PASSWORD, MOST_PASSWORD } from "../../lib/accounts/password-rules.ts";
import { Button } from "../../lib/ui/button.tsx";
import type { Fault } from "./send.ts";

interface FieldProps extends ComponentProps<"input"> {
  readonly label: string;
  readonly hint?: string;
}

/** A line to type, with its name above and a hint below. */
export function Field({ label, hint, ...input }: FieldProps) {
  const id = useId();
  return (
    <div className="w-full max-w-md">
      <label htmlFor={id} className="text-sm font-medium">
        {label}
      </label>
      <input
        id={id}
        required
        spellCheck={false}
        autoCapitalize="none"
        aria-describedby={hint && `${id}-hint`}
        className="mt-1 block min-h-11 w-full rounded-md border border-edge bg-sheet px-3 text-base"
        {...input}
      />
      {hint && (
        <p id={`${id}-hint`} className="mt-1 text-sm text-muted">
          {hint}
        </p>
      )}
    </div>
  );
}

/** A password, which can be shown while it is typed: long ones are worth a look (NIST SP 800-63B-4 §3.1.1.2). */
export function PasswordField({ isNew = false, ...field }: FieldProps & { readonly isNew?: boolean }) {
  const t = useTranslations("account");
  const [isShown, setShown] = useState(false);
  return (
    <div className="w-full max-w-md">
      <Field
        type={isShown ? "text" : "password"}
        autoComplete={isNew ? "new-password" : "current-password"}
        hint={isNew ? t("rule", { least: LEAST_PASSWORD }) : undefined}
        {...field}
      />
      <Button className="mt-2" aria-pressed={isShown} onClick={() => setShown(!isShown)}>
        {isShown ? t("hidePassword") : t("showPassword")}
      </Button>
    </div>
  );
}

/** What went wrong, read out as it appears. */
export function FaultText({ fault }: { readonly fault: Fault | undefined }) {
  const t = useTranslations("account.faults");
  return (
    <p role="alert" className="max-w-md text-sm text-danger empty:hidden">
      {fault && t(fault, { least: LEAST_PASSWORD, most: MOST_PASSWORD })}
    </p>
  );
}
