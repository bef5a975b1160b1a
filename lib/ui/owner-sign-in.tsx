"use client";

import Link from "next/link";
import { usePathname, useRouter } from "next/navigation";
import { useEffect } from "react";
import { useTranslations } from "use-intl";
import { Button } from "./button.tsx";

/** The way to sign in, or out again; at the foot of pages on which something can be changed. */
export function OwnerSignIn({ isOwner }: { readonly isOwner: boolean }) {
  const t = useTranslations("account");
  const router = useRouter();
  const path = usePathname();

  useEffect(() => {
    // A page cannot renew the cookie that it was asked for with.
    if (isOwner) void fetch("/session", { method: "PUT" }).catch(() => undefined);
  }, [isOwner]);

  async function signOut() {
    await fetch("/session", { method: "DELETE" }).catch(() => undefined);
    router.refresh();
  }

  const link = "inline-flex min-h-11 items-center font-semibold underline underline-offset-4";
  return (
    <div className="mt-12 flex flex-wrap items-center gap-x-4 gap-y-1 border-t border-line pt-4 text-sm text-muted">
      {isOwner ? (
        <>
          <p>{t("signedIn")}</p>
          <Link href="/account" prefetch={false} className={link}>
            {t("nav")}
          </Link>
          <Button onClick={() => void signOut()}>{t("signOut")}</Button>
        </>
      ) : (
        <Link href={`/account?from=${encodeURIComponent(path)}`} prefetch={false} className={link}>
          {t("invitation")}
        </Link>
      )}
    </div>
  );
}
