"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { useTranslations } from "use-intl";
import type { KnownKey, ListedKey } from "../../lib/server/accounts/keys.ts";
import { Button } from "../../lib/ui/button.tsx";
import { useTrainingQuantities } from "../runs/quantities.ts";
import { FaultText, Field } from "./fields.tsx";
import { type Fault, faultOf, send } from "./send.ts";

type MadeKey = KnownKey & { readonly key: string };

/** The keys for programs: what there is, and the form that makes one. */
export function KeysSection({ keys }: { readonly keys: readonly ListedKey[] }) {
  const t = useTranslations("account.keys");
  const router = useRouter();
  const [made, setMade] = useState<MadeKey>();
  const [news, setNews] = useState("");
  const [fault, setFault] = useState<Fault>();

  async function make(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = event.currentTarget;
    const answer = await send("POST", "/account/keys", Object.fromEntries(new FormData(form)));
    setFault(faultOf(answer, "failed"));
    if (!answer?.ok) return;
    setMade(await answer.json());
    form.reset();
    router.refresh();
  }
  async function revoke({ id, name }: ListedKey) {
    const answer = await send("DELETE", `/account/keys/${id}`);
    setFault(faultOf(answer, "failed"));
    if (answer?.ok) setNews(t("revoked", { name }));
    if (made?.id === id) setMade(undefined);
    router.refresh();
  }

  return (
    <section className="mt-10 border-t border-line pt-6">
      <h2 className="text-xl font-semibold">{t("title")}</h2>
      <p className="mt-2 max-w-prose text-muted">{t("lead")}</p>
      {keys.length === 0 ? (
        <p className="mt-4">{t("none")}</p>
      ) : (
        <ul className="mt-4 border-b border-line">
          {keys.map((key) => (
            <KeyRow key={key.id} listed={key} onRevoke={() => void revoke(key)} />
          ))}
        </ul>
      )}
      <p role="status" className="mt-2 min-h-6 text-sm text-muted wrap-anywhere">
        {news}
      </p>
      {made && <NewKey key={made.id} made={made} />}
      <form onSubmit={(event) => void make(event)} className="mt-4 flex flex-col items-start gap-5">
        <Field name="name" label={t("name")} hint={t("nameHint")} maxLength={80} autoComplete="off" />
        <fieldset>
          <legend className="text-sm font-medium">{t("scope")}</legend>
          {(["predict", "manage"] as const).map((scope) => (
            <label key={scope} className="flex min-h-11 items-center gap-3">
              <input
                type="radio"
                name="scope"
                value={scope}
                defaultChecked={scope === "predict"}
                className="size-4 shrink-0 accent-accent"
              />
              {t(`scopes.${scope}`)}
            </label>
          ))}
        </fieldset>
        <FaultText fault={fault} />
        <Button type="submit">{t("make")}</Button>
      </form>
    </section>
  );
}

function KeyRow({ listed, onRevoke }: { readonly listed: ListedKey; readonly onRevoke: () => void }) {
  const t = useTranslations("account.keys");
  const { moment } = useTrainingQuantities();
  const { id, name, scope, made, used } = listed;
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-8 gap-y-2 border-t border-line py-3">
      <div className="min-w-0 flex-1 basis-64">
        <p className="font-medium wrap-anywhere">{name}</p>
        <p className="figures text-sm text-muted wrap-anywhere">
          <code>nacre_{id}…</code> · {t(`scopeNames.${scope}`)} · {t("date", { date: moment(made) })} ·{" "}
          {used === null ? t("unused") : t("used", { date: moment(used) })}
        </p>
      </div>
      <Button aria-label={t("revokeName", { name })} onClick={onRevoke}>
        {t("revoke")}
      </Button>
    </li>
  );
}

/** A key just made, the one time that it can be read. */
function NewKey({ made: { name, key } }: { readonly made: MadeKey }) {
  const t = useTranslations("account.keys");
  const [isCopied, setCopied] = useState(false);
  return (
    <div role="status" className="mt-2 rounded-md border border-line bg-sheet p-4">
      <p className="font-medium wrap-anywhere">{t("made", { name })}</p>
      <p className="mt-1 text-sm text-muted">{t("once")}</p>
      <p className="mt-3 wrap-anywhere">
        <code data-testid="new-key">{key}</code>
      </p>
      <Button
        className="mt-3"
        onClick={() =>
          void navigator.clipboard.writeText(key).then(
            () => setCopied(true),
            () => undefined, // it can be selected by hand
          )
        }
      >
        {isCopied ? t("copied") : t("copy")}
      </Button>
    </div>
  );
}
