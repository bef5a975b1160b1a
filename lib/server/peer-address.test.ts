import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test } from "vitest";
import { noteAddresses, subscriberOf } from "./peer-address.ts";

test("addresses are told apart by what one subscriber has", () => {
  expect(subscriberOf("192.0.2.7")).toBe("192.0.2.7");
  expect(subscriberOf("::ffff:192.0.2.7")).toBe("192.0.2.7");
  expect(subscriberOf("2001:db8:1:2:3:4:5:6")).toBe("2001:db8:1:2::/64");
  expect(subscriberOf("2001:DB8:1:2::6")).toBe("2001:db8:1:2::/64");
  expect(subscriberOf("2001:db8::1")).toBe("2001:db8:0:0::/64");
  expect(subscriberOf("::1")).toBe("0:0:0:0::/64");
});

test("the connection's address stands where a client may have written another", async () => {
  noteAddresses();
  const server = createServer((request, response) => response.end(request.headers["x-forwarded-for"]));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const answer = await fetch(url, { headers: { "X-Forwarded-For": "192.0.2.99" } });
  expect(await answer.text()).toBe("127.0.0.1");
  server.close();
});
