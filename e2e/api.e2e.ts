import { request as httpRequest } from "node:http";
import { expect, test } from "@playwright/test";
import { encodeWav } from "../engine/data/audio/wav.ts";
import { answers } from "../lib/server/predict/schema.ts";
import { task as colours } from "./fixture.ts";
import { badFiles, picture } from "./pictures.ts";
import { melody, soundTask } from "./sound-fixture.ts";
import { TaskPage } from "./task-page.ts";
import { textTask } from "./text-fixture.ts";

// What a program is answered by the app as it is built; lib/server/predict tests the cases.

// The last one uses up what an address may ask.
test.describe.configure({ mode: "serial" });

const best = (answer: object | undefined) =>
  (answer as { predictions: { class: string }[] }).predictions[0]!.class;

test("a program is told what pictures, recordings and texts are, as it is promised", async ({ request }) => {
  const green = await picture("green", "avif");
  const one = await request.post(`/api/v1/${colours}?top=1&model=light`, { data: green.buffer });
  expect(one.status()).toBe(200);
  expect(one.headers()).toMatchObject({ "cache-control": "no-store", "x-content-type-options": "nosniff" });
  expect(one.headers()["content-security-policy"]).toContain("default-src 'none'");
  expect(one.headers()["access-control-allow-origin"]).toBeUndefined();
  expect(best(answers.parse(await one.json()).answers[0])).toBe("green");

  const [bad] = await badFiles();
  const two = await request.post(`/api/v1/${colours}`, { multipart: { a: green, b: bad!.file } });
  expect(answers.parse(await two.json()).answers).toMatchObject([{ file: "green.avif" }, { error: /./ }]);

  const wav = encodeWav({ samples: melody(["left"]), rate: 16_000 });
  const sound = await request.post(`/api/v1/${soundTask}`, { data: Buffer.from(wav) });
  expect(best(answers.parse(await sound.json()).answers[0])).toBe("left");

  const texts = await request.post(`/api/v1/${textTask}`, { data: { texts: ["lovely", "很差"] } });
  expect(answers.parse(await texts.json()).answers.map(best)).toEqual(["high", "low"]);
});

test("what is not there, not allowed or too much has its status", async ({ request }) => {
  expect((await request.post("/api/v1/no-such-task", { data: "x" })).status()).toBe(404);
  const get = await request.get(`/api/v1/${colours}`);
  expect(get.status()).toBe(405);
  expect(get.headers().allow).toBe("POST");
  const headers = { origin: "https://elsewhere.test" };
  expect((await request.post(`/api/v1/${textTask}`, { data: "good", headers })).status()).toBe(403);
  const preflight = await request.fetch(`/api/v1/${textTask}`, { method: "OPTIONS", headers });
  expect(preflight.headers()["access-control-allow-origin"]).toBeUndefined();
  const text = await request.post(`/api/v1/${colours}`, {
    data: "a text",
    headers: { "content-type": "image/png" },
  });
  expect(text.status()).toBe(415);
  const document = await request.get("/api/v1/openapi.json");
  expect(await document.json()).toMatchObject({ openapi: "3.1.1", paths: { "/api/v1/{task}": {} } });
});

/** Sends pieces of 1 MiB without saying how many there will be, until there is an answer; its status, 0 if none came. */
function stream(url: string, pieces: number): Promise<{ status: number; sent: number }> {
  return new Promise((resolve) => {
    let sent = 0;
    const sending = httpRequest(url, { method: "POST" }, (response) => {
      response.resume();
      resolve({ status: response.statusCode!, sent });
      sending.destroy();
    });
    sending.on("error", () => resolve({ status: 0, sent }));
    const piece = Buffer.alloc(2 ** 20, "good ");
    const next = () => {
      if (sending.destroyed) return;
      if (sent === pieces) return void sending.end();
      sent++;
      sending.write(piece, next);
    };
    next();
  });
}

test("a long body is read whole, a longer one is refused while it still comes", async ({
  baseURL,
  request,
}) => {
  const url = `${baseURL}/api/v1/${textTask}`;
  // Longer than Next keeps of a body that passes its proxy: the sentence shows that all of it came.
  const long = Buffer.alloc(12 * 2 ** 20, "good ");
  const read = await request.post(url, { data: long, headers: { "content-type": "text/plain" } });
  expect(read.status()).toBe(422);
  expect(await read.json()).toEqual({ error: expect.stringContaining(`body has ${long.length} characters`) });
  expect((await stream(url, 1)).status).toBe(422);
  const endless = await stream(url, 1000);
  expect(endless.status).toBe(413);
  expect(endless.sent).toBeLessThan(100);
});

test("a body that breaks off, or stops coming, takes nothing from others", async ({ baseURL, request }) => {
  const { hostname, port } = new URL(baseURL!);
  const options = {
    hostname,
    port,
    path: `/api/v1/${textTask}`,
    method: "POST",
    headers: { "Content-Length": "1000" },
  };
  const cut = httpRequest(options).on("error", () => undefined);
  cut.write("good");
  cut.once("socket", (socket) => socket.once("connect", () => setTimeout(() => cut.destroy(), 200)));
  const slow = new Promise<number>((resolve, reject) => {
    const stuck = httpRequest(options, (response) => {
      response.resume();
      resolve(response.statusCode!);
      stuck.destroy();
    }).on("error", reject);
    stuck.write("good");
  });
  expect((await request.post(`/api/v1/${textTask}`, { data: "good" })).status()).toBe(200);
  expect(await slow).toBe(408);
  expect((await request.post(`/api/v1/${textTask}`, { data: "good" })).status()).toBe(200);
});

test("no page sends anything to it", async ({ page }) => {
  const asked: string[] = [];
  page.on("request", (sent) => asked.push(new URL(sent.url()).pathname));
  const task = new TaskPage(page);
  await task.open("?threads=1", colours);
  await task.untilReady();
  await task.choose(await picture("red"));
  await task.expectAnswer("Red");
  expect(asked.filter((path) => path.startsWith("/api/"))).toEqual([]);
});

test("whoever asks too much waits, and whoever writes other addresses into the request does too", async ({
  request,
}) => {
  const data = { texts: Array<string>(40).fill("good") };
  const ask = (address: string) =>
    request.post(`/api/v1/${textTask}`, { data, headers: { "x-forwarded-for": address } });
  await ask("192.0.2.1");
  const refused = await ask("192.0.2.2");
  expect(refused.status()).toBe(429);
  expect(Number(refused.headers()["retry-after"])).toBeGreaterThan(0);
});
