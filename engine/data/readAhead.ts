/**
 * The results of jobs `from` … `to` − 1 in order, up to `ahead` of them under way at once.
 *
 * @param waited told the milliseconds that each result was waited for
 */
export async function* readAhead<T>(
  job: (n: number) => Promise<T>,
  from: number,
  to: number,
  ahead: number,
  waited: (ms: number) => void,
): AsyncGenerator<T, void, undefined> {
  const underWay: Promise<T>[] = [];
  for (let next = from; ; ) {
    while (next < to && underWay.length < ahead) underWay.push(job(next++));
    const first = underWay.shift();
    if (!first) return;
    const start = performance.now();
    const made = await first;
    waited(performance.now() - start);
    yield made;
  }
}
