/** The parts of a window or a worker through which a program can send bytes. */
interface Senders {
  fetch: typeof fetch;
  XMLHttpRequest?: typeof XMLHttpRequest;
  WebSocket?: typeof WebSocket;
  /** Workers have no sendBeacon. */
  navigator: Partial<Pick<Navigator, "sendBeacon">> | WorkerNavigator;
}

/**
 * Counts what a page or worker sends in the bodies of its requests, from now on. `onSent` hears the size of
 * each body in bytes before it leaves.
 *
 * It stands in front of fetch, XMLHttpRequest, sendBeacon and WebSocket: with the page's policy (no forms,
 * no other host) there is no other way out for a file. A stream, whose length nobody knows, counts as one
 * byte: enough to be seen.
 */
export function meterUploads(scope: Senders, onSent: (bytes: number) => void): void {
  const count = (body: unknown) => {
    const bytes = bodyBytes(body);
    if (bytes > 0) onSent(bytes);
  };

  const { fetch } = scope;
  scope.fetch = async (input, init) => {
    if (init?.body !== undefined && init.body !== null) count(init.body);
    else if (input instanceof Request && input.body !== null) count(await input.clone().arrayBuffer());
    return fetch.call(scope, input, init);
  };

  const { navigator } = scope;
  if ("sendBeacon" in navigator && navigator.sendBeacon !== undefined) {
    const beacon = navigator.sendBeacon;
    navigator.sendBeacon = (url, data) => {
      count(data);
      return beacon.call(navigator, url, data);
    };
  }

  for (const sender of [scope.XMLHttpRequest?.prototype, scope.WebSocket?.prototype]) {
    if (sender === undefined) continue;
    const send = sender.send as (body?: unknown) => void;
    sender.send = function (this: unknown, body?: unknown) {
      count(body);
      send.call(this, body);
    };
  }
}

/** The length of a request body in bytes, as it goes over the wire; multipart boundaries are left out. */
function bodyBytes(body: unknown): number {
  if (body === undefined || body === null) return 0;
  if (typeof body === "string") return new TextEncoder().encode(body).length;
  if (body instanceof Blob) return body.size;
  if (body instanceof ArrayBuffer || ArrayBuffer.isView(body)) return body.byteLength;
  if (body instanceof URLSearchParams) return bodyBytes(body.toString());
  if (body instanceof FormData) {
    return [...body].reduce((sum, [name, value]) => sum + bodyBytes(name) + bodyBytes(value), 0);
  }
  return 1;
}
