"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { Button } from "../../lib/ui/button.tsx";
import { FaultText } from "./fields.tsx";
import { type Fault, faultOf, send } from "./send.ts";

/** In how many browsers the owner is signed in, and the ways out. */
export function SessionsSection({ count }: { readonly count: number }) {
  const t = useTranslations("account");
  const router = useRouter();
  const [fault, setFault] = useState<Fault>();

  async function leave(address: string) {
    setFault(faultOf(await send("DELETE", address), "failed"));
    router.refresh();
  }

  return (
    <section className="mt-8 border-t border-line pt-6">
      <h2 className="text-xl font-semibold">{t("sessions.title")}</h2>
      <p className="mt-2 text-muted">{t("sessions.count", { count })}</p>
      <div className="mt-4 flex flex-wrap gap-3">
        <Button onClick={() => void leave("/session")}>{t("signOut")}</Button>
        <Button onClick={() => void leave("/account/sessions")}>{t("sessions.everywhere")}</Button>
      </div>
      <FaultText fault={fault} />
    </section>
  );
}
