/**
 * Where the `length` samples begin in which most of a recording's sound lies, each place measured by the energy around
 * its own mean. Of places that are as good, the middle one, so that a short word stands in the middle.
 *
 * @returns 0 where the recording is no longer than that
 */
export function loudestStretch(samples: Float32Array, length: number): number {
  const places = samples.length - length;
  if (places <= 0) return 0;
  let mean = 0;
  for (let t = 0; t < samples.length; t++) mean += samples[t]! / samples.length;
  const energies = new Float64Array(places + 1);
  let energy = 0;
  for (let t = 0; t < samples.length; t++) {
    energy += (samples[t]! - mean) ** 2;
    if (t >= length) energy -= (samples[t - length]! - mean) ** 2;
    if (t >= length - 1) energies[t - length + 1] = energy;
  }
  const most = energies.reduce((a, b) => Math.max(a, b));
  // What the room adds while a window moves over a word's own silence is not worth following.
  const good = (value: number) => value >= 0.97 * most;
  const best = energies.indexOf(most);
  let [first, last] = [best, best];
  while (first > 0 && good(energies[first - 1]!)) first--;
  while (last < places && good(energies[last + 1]!)) last++;
  return Math.round((first + last) / 2);
}
