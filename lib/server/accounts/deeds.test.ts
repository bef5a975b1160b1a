import { afterAll, describe, expect, test } from "vitest";
import { kinds, NewDatabases } from "../clients.fixture.ts";
import { atConsole, DEEDS_A_PAGE, listDeeds, noteDeed } from "./deeds.ts";

const databases = new NewDatabases();
afterAll(() => databases.close());

describe.each(kinds)("%s", (kind) => {
  test("deeds are listed page by page, the newest first, and long texts are cut", async () => {
    const client = await databases.open(kind);
    expect(await listDeeds(client)).toEqual({ deeds: [], hasMore: false });
    await client.deed.createMany({
      data: Array.from({ length: DEEDS_A_PAGE }, (_, i) => ({ action: "import", subject: String(i) })),
    });
    await noteDeed(client, { who: "visitor", address: "192.0.2.1" }, "serve", "x".repeat(1000));
    await noteDeed(client, atConsole, "stop", '\'); DROP TABLE "Deed"; --', "because");
    const { deeds, hasMore } = await listDeeds(client);
    expect([deeds.length, hasMore]).toEqual([DEEDS_A_PAGE, true]);
    expect(deeds[0]).toMatchObject({
      ...{ action: "stop", subject: '\'); DROP TABLE "Deed"; --', detail: "because", who: "console" },
      address: null,
    });
    expect(deeds[1]).toMatchObject({ subject: "x".repeat(300), who: "visitor", address: "192.0.2.1" });
    const rest = await listDeeds(client, deeds.at(-1)!.id);
    expect(rest.deeds.map(({ subject, who }) => [subject, who])).toEqual([
      ["1", null],
      ["0", null],
    ]);
    expect(rest.hasMore).toBe(false);
  });
});
