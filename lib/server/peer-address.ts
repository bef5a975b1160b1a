import { subscribe } from "node:diagnostics_channel";
import type { IncomingMessage } from "node:http";
import { environment } from "./environment.ts";

/**
 * Makes "X-Forwarded-For" true from now on: the address of the connection, whatever the client wrote there. Next hands
 * routes a request without its connection. Behind a reverse proxy (NACRE_PROXY=1) the header stays as it comes, and
 * the last address in it is the proxy's word.
 */
export function noteAddresses(): void {
  if (environment().NACRE_PROXY) return;
  subscribe("http.server.request.start", (message) => {
    const { request } = message as { request: IncomingMessage };
    request.headers["x-forwarded-for"] = request.socket.remoteAddress ?? "";
  });
}

/** What one subscriber has: of IPv4 the address, of IPv6 the network of 64 bits (RFC 6177). */
export function subscriberOf(address: string): string {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, "").toLowerCase();
  if (!plain.includes(":")) return plain;
  const [start = [], end = []] = plain.split("::").map((part) => part.split(":").filter(Boolean));
  const zeros = plain.includes("::") ? Math.max(0, 8 - start.length - end.length) : 0;
  return `${[...start, ...Array<string>(zeros).fill("0"), ...end].slice(0, 4).join(":")}::/64`;
}
