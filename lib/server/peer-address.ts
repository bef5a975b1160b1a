import { subscribe } from "node:diagnostics_channel";
import type { IncomingMessage } from "node:http";

/** Where Node leaves the address that a connection came from; what a client writes there itself is overwritten. */
const header = "x-nacre-peer";

/**
 * Notes the address of every connection from now on. Next hands pages and routes a request without its connection,
 * and "X-Forwarded-For" is whatever the client likes.
 */
export function notePeers(): void {
  subscribe("http.server.request.start", (message) => {
    const { request } = message as { request: IncomingMessage };
    request.headers[header] = request.socket.remoteAddress ?? "";
  });
}

/**
 * Who asks, for limits: the address, of IPv6 the network that one subscriber gets (RFC 6177). Behind a reverse proxy
 * (NACRE_PROXY=1) it is the last one in "X-Forwarded-For", which the proxy itself wrote.
 */
export function peerAddress(request: Request): string {
  const forwarded = request.headers.get("x-forwarded-for")?.split(",").at(-1);
  const given = (process.env.NACRE_PROXY === "1" && forwarded) || request.headers.get(header) || "unknown";
  const address = given.trim().replace(/^::ffff:(?=\d+\.)/i, "");
  if (!address.includes(":")) return address;
  const [start = "", end = ""] = address.split("::");
  const [first, last] = [start, end].map((part) => part.split(":").filter((group) => group !== ""));
  const zeros = address.includes("::") ? Math.max(0, 8 - first!.length - last!.length) : 0;
  const groups = [...first!, ...Array.from({ length: zeros }, () => "0"), ...last!];
  return `${groups.slice(0, 4).join(":").toLowerCase()}::/64`;
}
