import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test, vi } from "vitest";
import { notePeers, peerAddress } from "./peer-address.ts";

afterEach(() => vi.unstubAllEnvs());

const from = (headers: Record<string, string>) => peerAddress(new Request("http://nacre.test/", { headers }));

test("addresses are told apart by what one subscriber gets", () => {
  const peer = (address: string) => from({ "x-nacre-peer": address });
  expect(peer("192.0.2.7")).toBe("192.0.2.7");
  expect(peer("::ffff:192.0.2.7")).toBe("192.0.2.7");
  expect(peer("2001:db8:1:2:3:4:5:6")).toBe("2001:db8:1:2::/64");
  expect(peer("2001:DB8:1:2::6")).toBe("2001:db8:1:2::/64");
  expect(peer("2001:db8::1")).toBe("2001:db8:0:0::/64");
  expect(peer("::1")).toBe("0:0:0:0::/64");
});

test("a header that anybody can write counts only behind a proxy, and then the last address in it", () => {
  const headers = { "x-nacre-peer": "192.0.2.7", "x-forwarded-for": "203.0.113.9, 198.51.100.1" };
  expect(from(headers)).toBe("192.0.2.7");
  vi.stubEnv("NACRE_PROXY", "1");
  expect(from(headers)).toBe("198.51.100.1");
});

test("the connection's address is noted over whatever the client writes", async () => {
  notePeers();
  const server = createServer((request, response) => response.end(request.headers["x-nacre-peer"]));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const answer = await fetch(url, { headers: { "X-Nacre-Peer": "192.0.2.99" } });
  expect(await answer.text()).toBe("127.0.0.1");
  server.close();
});
