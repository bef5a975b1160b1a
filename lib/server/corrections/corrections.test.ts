import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { writeFixture } from "../../../e2e/fixture.ts";
import { writeSoundFixture } from "../../../e2e/sound-fixture.ts";
import { writeTextFixture } from "../../../e2e/text-fixture.ts";
import { encodeWav } from "../../../engine/data/audio/wav.ts";
import { type Claim, claimQuery } from "../../corrections/correction.ts";
import { kinds, NewDatabases } from "../clients.fixture.ts";
import type { Client } from "../database.ts";
import { listTasks } from "../releases.ts";
import { cleaned } from "./clean.ts";
import { accept, findWaiting, listWaiting, reject } from "./inbox.ts";
import { Pace } from "./pace.ts";
import { receiveCorrection } from "./receive.ts";
import { sweepInbox } from "./sweep.ts";

const root = mkdtempSync(join(tmpdir(), "nacre-corrections-"));
const data = join(root, "data");
const databases = new NewDatabases();
const claims: Claim[] = [];

beforeAll(async () => {
  const models = join(root, "models");
  mkdirSync(models);
  writeFixture(models);
  writeSoundFixture(models);
  writeTextFixture(models);
  vi.stubEnv("NACRE_DATA", data);
  vi.stubEnv("NACRE_MODELS", models);
  for (const { task, releases } of await listTasks()) {
    const { version, classes, input } = releases[0]!;
    const [first, second] = classes;
    const said = { answered: first!.id, probability: 0.75, said: second!.id };
    claims.push({ task, kind: input.kind, version, ...said });
  }
});
afterAll(async () => {
  await databases.close();
  vi.unstubAllEnvs();
  rmSync(root, { recursive: true });
});

const claimOf = (kind: Claim["kind"]): Claim => claims.find((claim) => claim.kind === kind)!;

/** A picture that says where it was taken. */
const picture = (red = 200) =>
  sharp({ create: { width: 40, height: 20, channels: 3, background: { r: red, g: 20, b: 20 } } })
    .withExif({
      IFD0: { Copyright: "somebody" },
      IFD3: { GPSLatitudeRef: "N", GPSLatitude: "51/1 30/1 0/1" },
    })
    .jpeg()
    .toBuffer();
const recording = () =>
  encodeWav({ rate: 16_000, samples: Float32Array.from({ length: 8000 }, (_, t) => Math.sin(t / 5)) });
const items = {
  image: picture,
  sound: async () => recording(),
  text: async () => Buffer.from('<b>Robert\'); DROP TABLE "Correction";--</b>\n\tGood food ⚡'),
};

const send = (
  client: Client,
  claim: Claim | URLSearchParams,
  body: BodyInit | null,
  init: RequestInit = {},
) =>
  receiveCorrection(
    new Request(`http://nacre.example/corrections/send?${"task" in claim ? claimQuery(claim) : claim}`, {
      method: "POST",
      body,
      ...init,
    }),
    root,
    async () => ({ client }),
    new Pace(),
  );

/** All files below the data folder. */
const files = () =>
  existsSync(data)
    ? readdirSync(data, { recursive: true, withFileTypes: true }).filter((e) => e.isFile())
    : [];

describe.each(kinds)("%s", (kind) => {
  test.each(["image", "sound", "text"] as const)(
    "%s: what is sent waits, once, and is accepted for training",
    async (input) => {
      rmSync(data, { recursive: true, force: true });
      const client = await databases.open(kind);
      const claim = claimOf(input);
      const body = await items[input]();
      expect((await send(client, claim, new Uint8Array(body))).status).toBe(201);
      expect((await send(client, { ...claim, said: null }, new Uint8Array(body))).status).toBe(200);
      const { list, total } = await listWaiting(client, 10);
      expect(total).toBe(1);
      expect(list[0]).toMatchObject({ ...claim, said: null });
      const waiting = (await findWaiting(client, list[0]!.id))!;
      expect(files()).toHaveLength(1);

      expect(await accept(root, client, waiting, claim.said)).toBe(true);
      expect(await accept(root, client, waiting, null).catch(() => false)).toBe(false);
      expect(files()).toHaveLength(1);
      const [file] = files();
      expect(file!.parentPath).toBe(join(data, "corrections", claim.task, claim.said!));
      expect(file!.name).toMatch(/^[0-9a-f]{32}\.(jpg|wav|tsv)$/);
      const kept = readFileSync(join(file!.parentPath, file!.name));
      if (input === "text")
        expect(kept.toString()).toBe(
          `text\tlabel\n<b>Robert'); DROP TABLE "Correction";--</b> Good food ⚡\t${claim.said}\n`,
        );
      // Sent again, it is known and not asked about a second time.
      expect((await send(client, claim, new Uint8Array(body))).status).toBe(200);
      expect((await listWaiting(client, 10)).total).toBe(0);
    },
  );

  test("what is rejected is deleted, and two who review do not both have their way", async () => {
    rmSync(data, { recursive: true, force: true });
    const client = await databases.open(kind);
    await send(client, claimOf("image"), new Uint8Array(await picture()));
    const waiting = (await findWaiting(client, 1))!;
    const [first, second] = [claimOf("image").said, claimOf("image").answered];
    const done = await Promise.all([
      accept(root, client, waiting, first).catch(() => false),
      accept(root, client, waiting, second).catch(() => false),
      reject(root, client, waiting),
    ]);
    expect(done.filter(Boolean)).toHaveLength(1);
    expect(files()).toHaveLength(done[2] ? 0 : 1);
    expect(await client.correction.count()).toBe(1);

    await send(client, claimOf("image"), new Uint8Array(await picture(90)));
    const other = (await findWaiting(client, (await listWaiting(client, 1)).list[0]!.id))!;
    expect(await reject(root, client, other)).toBe(true);
    expect(await client.correction.findUnique({ where: { id: other.id } })).toMatchObject({
      state: "rejected",
    });
    expect(files()).toHaveLength(done[2] ? 0 : 1);
  });

  test("items that wait for nobody are removed from the inbox after a day, and no others", async () => {
    rmSync(data, { recursive: true, force: true });
    const client = await databases.open(kind);
    const claim = claimOf("image");
    const folder = join(data, "inbox", claim.task);
    const left = () => readdirSync(folder).sort();
    const put = (name: string, days: number) => {
      writeFileSync(join(folder, name), "");
      const time = new Date(Date.now() - days * 24 * 3600_000);
      utimesSync(join(folder, name), time, time);
    };
    mkdirSync(folder, { recursive: true });
    put(`${"0".repeat(64)}.jpg`, 2);
    await sweepInbox(root, client); // a database that knows no correction may not be the inbox's
    expect(left()).toHaveLength(1);

    await send(client, claim, new Uint8Array(await picture()));
    await send(client, claim, new Uint8Array(await picture(90)));
    const [waits, reviewed] = (await client.correction.findMany({ orderBy: { id: "asc" } })).map(
      ({ sha256 }) => `${sha256}.jpg`,
    );
    // A server that ended right after the review.
    await client.correction.update({ where: { id: 2 }, data: { state: "rejected" } });
    for (const name of [waits!, reviewed!, `${"1".repeat(64)}.jpg.part`]) put(name, 2);
    put(`${"2".repeat(64)}.jpg`, 0.9);
    put(`${"3".repeat(64)}.jpg`, -400); // while the clock was ahead
    await sweepInbox(root, client);
    expect(left()).toEqual([`${"2".repeat(64)}.jpg`, `${"3".repeat(64)}.jpg`, waits].sort());
    expect(await findWaiting(client, 1)).toBeDefined();
  });
});

describe("bad input leaves nothing behind", () => {
  let client: Client;
  beforeAll(async () => {
    rmSync(data, { recursive: true, force: true });
    client = await databases.open("sqlite");
  });
  const expectNothing = async () => {
    expect(files()).toEqual([]);
    expect(await client.correction.count()).toBe(0);
  };

  test("a content type that lies, and every kind of item for every other kind of task", async () => {
    for (const claim of ["image", "sound", "text"] as const)
      for (const item of ["image", "sound", "text"] as const) {
        if (claim === item) continue;
        const body = new Uint8Array(await items[item]());
        const { status } = await send(client, claimOf(claim), body, {
          headers: { "Content-Type": { image: "image/jpeg", sound: "audio/wav", text: "text/plain" }[claim] },
        });
        expect([claim, item, status]).toEqual([claim, item, 415]);
      }
    await expectNothing();
  });

  test("damaged pictures, pictures of too many pixels, empty bodies", async () => {
    const whole = await picture();
    const [cut, empty] = [new Uint8Array(whole.subarray(0, 300)), new Uint8Array()];
    const huge = await sharp({ create: { width: 5000, height: 4000, channels: 3, background: "red" } })
      .png()
      .toBuffer();
    expect((await send(client, claimOf("image"), cut)).status).toBe(422);
    expect((await send(client, claimOf("image"), new Uint8Array(huge))).status).toBe(422);
    expect((await send(client, claimOf("image"), empty)).status).toBe(415);
    expect((await send(client, claimOf("image"), null)).status).toBe(415);
    await expectNothing();
  });

  test("texts and recordings that are too long", async () => {
    const long = encodeWav({ rate: 8000, samples: new Float32Array(8000 * 11).fill(0.1) });
    expect((await send(client, claimOf("sound"), new Uint8Array(long))).status).toBe(422);
    expect((await send(client, claimOf("text"), "a".repeat(20_001))).status).toBe(422);
    expect((await send(client, claimOf("text"), " \n ")).status).toBe(422);
    expect((await send(client, claimOf("text"), `${"a".repeat(5000)}\0`)).status).toBe(415);
    await expectNothing();
  });

  test("bodies that are too large, whether or not they say so, are not read to their end", async () => {
    const said = { headers: { "Content-Length": "5000000" } };
    expect((await send(client, claimOf("image"), "", said)).status).toBe(413);
    let pulled = 0;
    const endless = new ReadableStream({
      pull(controller) {
        pulled++;
        controller.enqueue(new Uint8Array(1_000_000));
      },
    });
    const streamed = { duplex: "half" } as RequestInit;
    expect((await send(client, claimOf("image"), endless, streamed)).status).toBe(413);
    expect(pulled).toBeLessThan(10);
    await expectNothing();
  });

  test("a body that is cut off while it streams", async () => {
    const whole = new Uint8Array(await picture());
    const cut = new ReadableStream({
      start(controller) {
        controller.enqueue(whole.slice(0, 400));
        controller.error(new Error("gone"));
      },
    });
    const answer = await send(client, claimOf("image"), cut, { duplex: "half" } as RequestInit);
    expect([answer.status, await answer.text()]).toEqual([422, expect.stringContaining("cut off")]);
    await expectNothing();
  });

  test("hostile names of tasks, versions and classes", async () => {
    const body = new Uint8Array(await picture());
    const claim = claimOf("image");
    const hostile = ["../../etc", "a/b", "..", ".none", "x'; DROP TABLE Correction;--", "<script>", "\0", ""];
    for (const bad of hostile)
      for (const field of ["task", "version", "said", "answered"])
        expect([bad, field, (await send(client, { ...claim, [field]: bad }, body)).status]).toEqual([
          ...[bad, field],
          422,
        ]);
    expect((await send(client, { ...claim, probability: 7 }, body)).status).toBe(422);
    expect((await send(client, new URLSearchParams(), body)).status).toBe(422);
    await expectNothing();
  });

  test("other sites' pages, and too many", async () => {
    const headers = { Origin: "https://elsewhere.example", Host: "nacre.example" };
    const body = new Uint8Array(await picture());
    expect((await send(client, claimOf("image"), body, { headers })).status).toBe(403);
    const pace = new Pace({ one: 2, all: 3 });
    expect([await pace.wait("a"), await pace.wait("a")]).toEqual([0, 0]);
    expect(await pace.wait("a")).toBeGreaterThan(3000);
    expect(await pace.wait("b")).toBe(0);
    expect(await pace.wait("c")).toBeGreaterThan(3000);
    await expectNothing();
  });
});

test("what is kept of a picture is its pixels alone", async () => {
  const given = await picture();
  expect((await sharp(given).metadata()).exif).toBeDefined();
  const kept = await sharp(await cleaned("image", new Uint8Array(given))).metadata();
  expect([kept.format, kept.exif, kept.xmp, kept.iptc, kept.icc]).toEqual([
    "jpeg",
    ...Array(4).fill(undefined),
  ]);
});
