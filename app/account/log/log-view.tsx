"use client";

import Link from "next/link";
import { useTranslations } from "use-intl";
import type { ListedDeed } from "../../../lib/server/accounts/deeds.ts";
import { ScrollRegion } from "../../../lib/ui/scroll-region.tsx";
import { useTrainingQuantities } from "../../runs/quantities.ts";

interface LogViewProps {
  /** The newest first. */
  readonly deeds: readonly ListedDeed[];
  readonly hasMore: boolean;
  readonly isNewest: boolean;
}

const columns = ["when", "what", "subject", "who", "address"] as const;
const link = "inline-flex min-h-11 items-center text-muted underline underline-offset-4";

/** A page of the log as a table. */
export function LogView({ deeds, hasMore, isNewest }: LogViewProps) {
  const t = useTranslations("account");
  return (
    <div className="page">
      <title>{t("log.pageTitle")}</title>
      <p className="text-sm">
        <Link href="/account" className={link}>
          {t("heading")}
        </Link>
      </p>
      <h1 className="text-2xl font-semibold sm:text-3xl">{t("log.title")}</h1>
      {deeds.length === 0 ? (
        <p className="mt-6">{t("log.none")}</p>
      ) : (
        <ScrollRegion label={t("log.title")} className="mt-6">
          <table className="figures w-full text-left text-sm">
            <thead className="text-muted">
              <tr>
                {columns.map((column) => (
                  <th
                    key={column}
                    scope="col"
                    className="border-b border-line py-2 pr-6 font-normal whitespace-nowrap last:pr-0"
                  >
                    {t(`log.${column}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {deeds.map((deed) => (
                <DeedRow key={deed.id} deed={deed} />
              ))}
            </tbody>
          </table>
        </ScrollRegion>
      )}
      <p className="mt-4 flex gap-6">
        {!isNewest && (
          <Link href="/account/log" prefetch={false} className={link}>
            {t("log.newest")}
          </Link>
        )}
        {hasMore && (
          <Link href={`/account/log?before=${deeds.at(-1)!.id}`} prefetch={false} className={link}>
            {t("log.earlier")}
          </Link>
        )}
      </p>
    </div>
  );
}

function DeedRow({ deed: { at, action, subject, detail, who, address } }: { readonly deed: ListedDeed }) {
  const t = useTranslations("account");
  const { moment } = useTrainingQuantities();
  // What has no name here is shown as it is written down.
  const name = `actions.${action}` as "actions.serve";
  const [kind = "", id = ""] = who?.split(" ") ?? [];
  const whoName = `log.whoNames.${kind}` as "log.whoNames.key";
  return (
    <tr className="align-top">
      <td className="py-1.5 pr-6 whitespace-nowrap">
        <time dateTime={at}>{moment(at)}</time>
      </td>
      <td className="min-w-40 py-1.5 pr-6">{t.has(name) ? t(name) : action}</td>
      <td className="min-w-40 py-1.5 pr-6 wrap-anywhere">
        {subject}
        {detail && <span className="block text-muted">{detail}</span>}
      </td>
      <td className="py-1.5 pr-6 whitespace-nowrap">{kind && t.has(whoName) ? t(whoName, { id }) : who}</td>
      <td className="py-1.5 whitespace-nowrap">{address}</td>
    </tr>
  );
}
