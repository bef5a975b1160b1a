/** An answer that is a sentence. */
export function problem(status: number, sentence: string, headers: HeadersInit = {}): Response {
  return new Response(`${sentence}\n`, {
    status,
    headers: { "Content-Type": "text/plain; charset=utf-8", "Cache-Control": "no-store", ...headers },
  });
}
