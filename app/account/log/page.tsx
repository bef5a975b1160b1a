import { redirect } from "next/navigation";
import { listDeeds } from "../../../lib/server/accounts/deeds.ts";
import { appDatabase } from "../../../lib/server/app-database.ts";
import { isOwner } from "../../../lib/server/owners-only.ts";
import { LogView } from "./log-view.tsx";

/** Who did what when, from where: a page of the log, for the owner. */
export default async function LogPage({
  searchParams,
}: {
  readonly searchParams: Promise<{ readonly before?: string | string[] }>;
}) {
  if (!(await isOwner())) redirect("/account?from=/account/log");
  const { before } = await searchParams;
  const id = typeof before === "string" && /^\d{1,9}$/.test(before) ? Number(before) : undefined;
  const { client } = await appDatabase();
  return <LogView {...(await listDeeds(client, id))} isNewest={id === undefined} />;
}
