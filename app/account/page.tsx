import { wayBack } from "../../lib/accounts/way-back.ts";
import { listKeys } from "../../lib/server/accounts/keys.ts";
import { isSetUp } from "../../lib/server/accounts/owner.ts";
import { appDatabase } from "../../lib/server/app-database.ts";
import { isOwner } from "../../lib/server/owners-only.ts";
import { type AccountState, AccountView } from "./account-view.tsx";

/** Where the owner signs in, and what only the owner does. */
export default async function AccountPage({
  searchParams,
}: {
  readonly searchParams: Promise<{ readonly from?: string | string[] }>;
}) {
  const { from } = await searchParams;
  return <AccountView state={await accountState()} from={wayBack(from)} />;
}

async function accountState(): Promise<AccountState> {
  try {
    const { client } = await appDatabase();
    if (await isOwner())
      return { kind: "owner", sessions: await client.session.count(), keys: await listKeys(client) };
    return { kind: (await isSetUp(client)) ? "visitor" : "new" };
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return { kind: "no-database" };
  }
}
