/**
 * Runs pieces of work one after the other, in the order in which they are handed in, whatever becomes of
 * each: sessions of onnxruntime-web refuse a second run while one is on.
 */
export function oneAtATime(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const result = last.then(work, work);
    last = result;
    return result;
  };
}
