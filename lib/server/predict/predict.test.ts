import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { task as colours, writeFixture } from "../../../e2e/fixture.ts";
import { badFiles, picture } from "../../../e2e/pictures.ts";
import { melody, soundTask, writeSoundFixture } from "../../../e2e/sound-fixture.ts";
import { textTask, writeTextFixture } from "../../../e2e/text-fixture.ts";
import { encodeWav } from "../../../engine/data/audio/wav.ts";
import { makeKey } from "../accounts/keys.ts";
import { appDatabase } from "../app-database.ts";
import { predict } from "./predict.ts";
import { answers, problem } from "./schema.ts";

const folder = mkdtempSync(join(tmpdir(), "nacre-predict-"));

beforeAll(() => {
  vi.stubEnv("NACRE_MODELS", folder);
  vi.stubEnv("NACRE_DATA", join(folder, ".data"));
  vi.stubEnv("NACRE_ITEMS_PER_MINUTE", "1000");
  writeFixture(folder);
  writeSoundFixture(folder);
  writeTextFixture(folder);
});

afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

interface Asked {
  readonly query?: string;
  readonly headers?: Record<string, string>;
}

/** The status and what is answered, which must be what is promised. */
async function ask(task: string, body: BodyInit | Uint8Array, { query = "", headers = {} }: Asked = {}) {
  const request = new Request(`http://nacre.test/api/v1/${task}${query}`, {
    ...{ method: "POST", body: body as BodyInit, headers },
    ...(body instanceof ReadableStream ? { duplex: "half" } : {}),
  });
  const response = await predict(request, task);
  const { status } = response;
  const json: unknown = await response.json();
  return status === 200
    ? { status, headers: response.headers, ...answers.parse(json), error: undefined }
    : { status, headers: response.headers, ...problem.parse(json) };
}

const asText = (texts: readonly string[]) => JSON.stringify({ texts });
const isJson = { headers: { "Content-Type": "application/json" } };
const best = (answer: object | undefined) =>
  (answer as { predictions: { class: string }[] }).predictions[0]!.class;

test("a picture is answered in the words of the command line, whatever its type claims", async () => {
  const { buffer } = await picture("red");
  for (const type of ["image/png", "text/plain", "application/pdf"]) {
    const said = await ask(colours, buffer, { headers: { "Content-Type": type }, query: "?top=2" });
    expect(said).toMatchObject({ status: 200, task: colours, model: "standard-1.0.0" });
    expect(said.answers).toHaveLength(1);
    expect(said.answers![0]).toMatchObject({ file: "body", known: true });
    expect((said.answers![0] as { predictions: unknown[] }).predictions).toHaveLength(2);
    expect(best(said.answers![0])).toBe("red");
  }
  const light = await ask(colours, buffer, { query: "?model=light" });
  expect(light).toMatchObject({ status: 200, model: "light-1.0.0" });
  const stone = await ask(colours, (await picture("stone")).buffer);
  expect(stone.answers![0]).toMatchObject({ known: false });
});

test("of several files each has its own answer or its own error", async () => {
  const form = new FormData();
  form.append("a", new File([(await picture("green", "webp")).buffer as BlobPart], "leaf.webp"));
  form.append("a", new File(["These are my notes."], "notes.png", { type: "image/png" }));
  for (const { file } of await badFiles()) form.append("b", new File([file.buffer as BlobPart], file.name));
  form.append("c", new File([(await picture("blue")).buffer as BlobPart], "sky.png", { type: "audio/wav" }));
  const { status, answers: all } = await ask(colours, form);
  expect(status).toBe(200);
  expect(all!.map(({ file }) => file)).toEqual([
    ...["leaf.webp", "notes.png"],
    ...(await badFiles()).map(({ file }) => file.name),
    "sky.png",
  ]);
  expect(best(all![0])).toBe("green");
  expect(best(all!.at(-1))).toBe("blue");
  expect(all![1]).toEqual({ file: "notes.png", error: "notes.png is a text; this task takes pictures." });
  for (const failure of all!.slice(1, -1)) expect(failure).toHaveProperty("error");
});

test("what cannot be used alone, or is all there is, has the status that says why", async () => {
  for (const { file } of await badFiles()) {
    const isDamaged = ["half.jpg", "bomb.png", "nothing.jpg"].includes(file.name);
    expect((await ask(colours, file.buffer)).status).toBe(isDamaged ? 422 : 415);
  }
  const form = new FormData();
  form.append("a", new File(["one"], "1.png"));
  form.append("a", new File(["two"], "2.png"));
  const none = await ask(colours, form);
  expect(none).toMatchObject({ status: 422, error: "None of the 2 inputs can be used." });
  expect(none.answers).toHaveLength(2);
});

test("texts come as they are, in JSON, in forms, and in the encodings of spreadsheets", async () => {
  const json = await ask(textTask, asText(["the  food was\ngreat", "dreadful"]), isJson);
  expect(json.answers!.map(({ file }) => file)).toEqual(["the food was great", "dreadful"]);
  expect(json.answers!.map(best)).toEqual(["high", "low"]);
  expect(best((await ask(textTask, "the staff was good")).answers![0])).toBe("high");
  const gbk = Uint8Array.of(0xb2, 0xcb, 0xba, 0xdc, 0xb2, 0xee); // 菜很差
  expect((await ask(textTask, gbk)).answers![0]).toMatchObject({ file: "菜很差" });
  const form = new FormData();
  form.append("text", "bad, slow");
  form.append("file", new File(["lovely"], "review.txt"));
  expect((await ask(textTask, form)).answers!.map(best)).toEqual(["low", "high"]);
  for (const body of ["", "   ", "a ".repeat(60_000)]) expect((await ask(textTask, body)).status).toBe(422);
  for (const body of ["{", "{}", '{"texts":[]}', '{"texts":[1]}', '["good"]'])
    expect((await ask(textTask, body, isJson)).status).toBe(422);
  expect((await ask(textTask, asText(Array(65).fill("good")), isJson)).status).toBe(413);
  expect((await ask(textTask, (await picture("red")).buffer)).status).toBe(415);
});

test("a short recording is a word, a long one has an answer for each word, an endless one is refused", async () => {
  const wav = (samples: Float32Array) => encodeWav({ samples, rate: 16_000 });
  const word = await ask(soundTask, wav(melody(["stop"])), { headers: { "Content-Type": "audio/wav" } });
  expect(word.answers![0]).toMatchObject({ file: "body", known: true });
  expect(best(word.answers![0])).toBe("stop");
  const talk = await ask(soundTask, wav(melody(["yes", "left", "go"])));
  expect(talk.answers!.map(best)).toEqual(["yes", "left", "go"]);
  expect(talk.answers![1]!.file).toMatch(/^body#t=\d\.\d$/);
  expect(
    (await ask(soundTask, encodeWav({ samples: new Float32Array(8000 * 130), rate: 8000 }))).error,
  ).toMatch(/lasts 3 minutes, more than the 2/);
  expect((await ask(soundTask, "ID3 and so on")).status).toBe(415);
  expect((await ask(soundTask, wav(melody(["go"])).subarray(0, 4000))).status).toBe(422);
});

test("what there is not, what is not allowed and what is too much is refused in words", async () => {
  const text = "good";
  expect((await ask("nothing", text)).status).toBe(404);
  expect((await ask("../colours", text)).status).toBe(404);
  expect((await ask(colours, text, { query: "?model=huge" })).error).toContain("It has: standard, light.");
  for (const query of ["?top=0", "?top=x", "?model=../x", "?tpo=3"])
    expect((await ask(textTask, text, { query })).status).toBe(400);
  const foreign = { headers: { Origin: "https://elsewhere.test", Host: "nacre.test" } };
  expect((await ask(textTask, text, foreign)).status).toBe(403);
  const wrong = await ask(textTask, text, { headers: { Authorization: "Bearer no" } });
  expect(wrong.status).toBe(401);
  expect(wrong.headers.get("WWW-Authenticate")).toMatch(/^Bearer/);
  const { key } = await makeKey((await appDatabase()).client, "robot", "predict");
  const right = { headers: { Authorization: `Bearer ${key}` } };
  expect((await ask(textTask, text, right)).status).toBe(200);
  const long = { headers: { "Content-Length": String(2 ** 30) } };
  expect((await ask(textTask, text, long)).status).toBe(413);
  const form = { headers: { "Content-Type": "multipart/form-data; boundary=x" } };
  for (const body of ["", "--x", "--x\r\n\r\n--x--", "--x--\r\n"])
    expect((await ask(colours, body, form)).status).toBe(422);
});

test("a body without a stated length is refused as soon as it is too long", async () => {
  let sent = 0;
  const endless = new ReadableStream<Uint8Array>({
    pull(controller) {
      sent += 2 ** 20;
      controller.enqueue(new Uint8Array(2 ** 20).fill(65));
    },
  });
  expect((await ask(colours, endless)).status).toBe(413);
  expect(sent).toBeLessThan(36 * 2 ** 20);
  const cut = new ReadableStream({
    pull: (controller) => controller.error(new Error("gone")),
  });
  expect((await ask(colours, cut)).status).toBe(400);
});

test("when too many inputs wait, the next are sent away, and all others are answered", async () => {
  const many = asText(Array.from({ length: 60 }, (_, i) => `good ${i}`));
  const all = await Promise.all([1, 2, 3, 4].map(() => ask(textTask, many, isJson)));
  expect(all.map(({ status }) => status).sort()).toEqual([200, 200, 503, 503]);
  for (const { status, headers } of all) if (status === 503) expect(headers.get("Retry-After")).toBe("2");
  expect((await ask(textTask, many, isJson)).status).toBe(200);
});

test("an address that asks too much waits, others do not", async () => {
  const from = (address: string) => ({ headers: { ...isJson.headers, "X-Forwarded-For": address } });
  const many = asText(Array(64).fill("good"));
  let refused: Awaited<ReturnType<typeof ask>> | undefined;
  for (let n = 0; n < 16; n++) refused = await ask(textTask, many, from("192.0.2.1"));
  expect(refused?.status).toBe(429);
  expect(Number(refused?.headers.get("Retry-After"))).toBeGreaterThan(0);
  expect((await ask(textTask, asText(["good"]), from("192.0.2.2"))).status).toBe(200);
});

test("no bytes whatever make the server fail", async () => {
  const known = [(await picture("red", "jpeg")).buffer, encodeWav({ samples: melody(["go"]), rate: 16_000 })];
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 200 }),
    fc.string({ maxLength: 200 }).map((text) => new TextEncoder().encode(text)),
    // Nearly right: cut short, and a byte changed.
    fc.tuple(fc.constantFrom(...known), fc.nat(), fc.nat(), fc.nat(255)).map(([whole, length, at, byte]) => {
      const piece = new Uint8Array(whole.subarray(0, length % whole.length));
      piece[at % Math.max(1, Math.min(64, piece.length))] = byte;
      return piece;
    }),
  );
  const types = [
    "",
    "application/json",
    "multipart/form-data; boundary=x",
    "multipart/form-data",
    "image/png",
  ];
  let sender = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(colours, textTask, soundTask),
      bytes,
      fc.constantFrom(...types),
      async (task, body, type) => {
        const headers = { "Content-Type": type, "X-Forwarded-For": `198.51.100.${sender++}` };
        expect([200, 415, 422]).toContain((await ask(task, body, { headers })).status);
      },
    ),
    { numRuns: 60 },
  );
});
