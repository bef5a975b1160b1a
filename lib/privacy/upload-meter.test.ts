import { expect, test } from "vitest";
import { meterUploads } from "./upload-meter.ts";

function scope() {
  const sent: number[] = [];
  const calls: string[] = [];
  class Channel {
    send(body?: unknown) {
      calls.push(`send ${typeof body}`);
    }
  }
  const fake = {
    fetch: (async (input: unknown) => {
      calls.push(`fetch ${input instanceof Request ? input.url : input}`);
      return new Response();
    }) as typeof fetch,
    XMLHttpRequest: class extends Channel {} as unknown as typeof XMLHttpRequest,
    WebSocket: class extends Channel {} as unknown as typeof WebSocket,
    navigator: { sendBeacon: (() => true) as Navigator["sendBeacon"] },
  };
  meterUploads(fake, (bytes) => sent.push(bytes));
  return { fake, sent, calls };
}

test("requests without a body count nothing and go through", async () => {
  const { fake, sent, calls } = scope();
  await fake.fetch("/models", { headers: { Range: "bytes=0-" } });
  await fake.fetch(new Request("https://nacre.example/models"));
  new fake.XMLHttpRequest().send();
  fake.navigator.sendBeacon("/x");
  expect(sent).toEqual([]);
  expect(calls).toEqual(["fetch /models", "fetch https://nacre.example/models", "send undefined"]);
});

test("every body counts by its bytes, whatever its type and way", async () => {
  const { fake, sent } = scope();
  await fake.fetch("/x", { method: "POST", body: "号" });
  await fake.fetch(new Request("https://nacre.example/", { method: "POST", body: new Uint8Array(5) }));
  await fake.fetch("/x", { method: "POST", body: new URLSearchParams({ a: "b" }) });
  const form = new FormData();
  form.append("file", new Blob([new Uint8Array(7)]), "a.png");
  new fake.XMLHttpRequest().send(form);
  fake.navigator.sendBeacon("/x", new Blob([new Uint8Array(9)]));
  new fake.WebSocket("wss://nacre.example").send(new ArrayBuffer(11));
  await fake.fetch("/x", { method: "POST", body: new ReadableStream() });
  expect(sent).toEqual([3, 5, 3, 11, 9, 11, 1]);
});
