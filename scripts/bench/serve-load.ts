/** How long programs wait that ask the app to predict on the server. */

import { mkdtemp, readFile, rm } from "node:fs/promises";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import autocannon from "autocannon";
import sharp from "sharp";
import { encodeWav } from "../../engine/data/audio/wav.ts";
import { NacreError } from "../../engine/errors.ts";
import { Rng } from "../../engine/random.ts";
import type { InputKind } from "../../engine/task.ts";
import { build, built } from "../build.mjs";
import { provenance } from "../provenance.ts";
import { serveApp } from "../serve-app.ts";
import { modelsFolder } from "../tasks.ts";
import { rounded } from "./median.ts";
import { photoSize, writePhotos } from "./photos.ts";
import { type Answered, type ServingRecord, type ServingRow, servingRow } from "./serve-record.ts";

export interface ServeBenchOptions {
  readonly concurrency: readonly number[];
  /** How long each kind of input is asked at each concurrency, in s. */
  readonly seconds: number;
  /** Told what is going on, and how many of so many rounds are done. */
  readonly report?: (stage: string, done: number, of: number) => void;
}

/** What is sent. */
interface Load {
  readonly kind: InputKind;
  /** For people. */
  readonly input: string;
  readonly type: string;
  readonly body: Uint8Array;
}

/** A task, the release that answers, and what it takes. */
interface Answering {
  readonly task: string;
  readonly model: string;
  readonly kind: InputKind;
}

/**
 * Asks the first task of each kind of input, one after the other. Builds the app first where that is not done. Throws
 * NacreError("usage") where there is no task.
 */
export async function benchServe({
  concurrency,
  seconds,
  report = () => {},
}: ServeBenchOptions): Promise<ServingRecord> {
  if (!built() && !build(process.stderr.fd)) throw new Error("The app could not be built.");
  const [loadBefore] = loadavg();
  const folder = await mkdtemp(join(tmpdir(), "nacre-bench-"));
  // Nobody is told to wait: what the server can do is asked, not what it allows.
  const limits = { NACRE_ITEMS_PER_MINUTE: "999999999", NACRE_DATA: join(folder, "data"), DATABASE_URL: "" };
  const app = await serveApp(modelsFolder(), limits);
  try {
    const tasks = await answering(app.url);
    const rounds = (await loads(folder)).flatMap((load) => {
      const found = tasks.find(({ kind }) => kind === load.kind);
      return found ? concurrency.map((connections) => ({ load, found, connections })) : [];
    });
    if (rounds.length === 0) throw new NacreError("usage", "There is no task to ask. Train one first.");
    const rows: ServingRow[] = [];
    for (const [i, { load, found, connections }] of rounds.entries()) {
      report("asking", i, rounds.length);
      const { task, model } = found;
      const about = { task, model, input: load.input, concurrency: connections };
      rows.push(await ask(`${app.url}/api/v1/${task}`, load, seconds, about));
      await sleep(500); // what was still under way at the end
    }
    const { machine } = provenance();
    return { machine, loadBefore: rounded(loadBefore!, 1), rows };
  } finally {
    await app.stop();
    await rm(folder, { recursive: true });
  }
}

/** What the app offers, asked as by any program. */
async function answering(url: string): Promise<readonly Answering[]> {
  const get = async (path: string) => (await fetch(url + path)).json();
  const listed = (await get("/models")) as { task: string; releases: [model: string] }[];
  return Promise.all(
    listed.map(async ({ task, releases: [model] }) => {
      const { input } = (await get(`/models/${task}/${model}/manifest.json`)) as {
        input: { kind: InputKind };
      };
      return { task, model, kind: input.kind };
    }),
  );
}

async function ask(
  url: string,
  { type, body }: Load,
  seconds: number,
  about: Pick<ServingRow, "task" | "model" | "input" | "concurrency">,
): Promise<ServingRow> {
  const headers = { "Content-Type": type };
  await fetch(url, { method: "POST", headers, body: new Uint8Array(body) }); // loads the model
  const answered: Answered[] = [];
  const running = autocannon({
    ...{ url, method: "POST", headers, body: Buffer.from(body) },
    ...{ connections: about.concurrency, duration: seconds, timeout: 60 },
  });
  running.on("response", (_, status, __, ms) => answered.push({ status, ms }));
  const { errors, duration } = await running;
  return servingRow(about, duration, answered, errors);
}

/** A photo as phones take them, one as pages show them, a text, a recording. */
async function loads(folder: string): Promise<readonly Load[]> {
  const [path] = await writePhotos(folder);
  const photo = await readFile(path!);
  const small = await sharp(photo).resize(640).jpeg().toBuffer();
  const rng = new Rng(1);
  const second = Float32Array.from({ length: 16_000 }, () => 0.1 * rng.normal());
  const text = "The staff were kind, but the room was cold and the food came late. ".repeat(3);
  const megapixels = (photoSize.width * photoSize.height) / 1e6;
  return [
    { kind: "image", input: `a JPEG of ${megapixels} megapixels`, type: "image/jpeg", body: photo },
    { kind: "image", input: "a JPEG of 640 × 480 pixels", type: "image/jpeg", body: small },
    {
      kind: "sound",
      input: "a WAV of one second",
      type: "audio/wav",
      body: encodeWav({ samples: second, rate: 16_000 }),
    },
    {
      kind: "text",
      input: `a text of ${text.length} characters`,
      type: "text/plain",
      body: Buffer.from(text),
    },
  ];
}
