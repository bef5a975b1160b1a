/** How loud a stretch of sound is, and whether somebody seems to speak. */
export interface Activity {
  /** Root mean square in decibels below full scale: 0 is a square wave, −100 and less is nothing. */
  readonly level: number;
  readonly voice: boolean;
}

/** What counts as nothing, in decibels. */
const NOTHING = -100;
/** So many decibels above the room it is no longer the room. */
const ABOVE_ROOM = 9;
/** Below this nobody speaks to the microphone, however quiet the room. */
const QUIETEST = -55;
/** How fast the idea of the room follows louder sound, in decibels a second; quieter sound at once. */
const RISE = 3;
/** Seconds for which a voice is believed in after it fell silent: the gap before the t of "right". */
const HANGOVER = 0.25;

/**
 * Tells voice from room by energy: what is well above the quietest of the last while. Cheap, at once, and right enough
 * for a lamp on a page; what was said, the network decides.
 */
export class VoiceActivity {
  readonly #rate: number;
  #room: number | undefined;
  #since = Number.POSITIVE_INFINITY;

  constructor(rate: number) {
    this.#rate = rate;
  }

  /** Takes the next stretch of the stream, some 10 to 100 ms. */
  push(samples: Float32Array): Activity {
    const seconds = samples.length / this.#rate;
    const level = levelOf(samples);
    this.#room = Math.min(level, (this.#room ?? level) + RISE * seconds);
    this.#since = level > Math.max(QUIETEST, this.#room + ABOVE_ROOM) ? 0 : this.#since + seconds;
    return { level, voice: this.#since < HANGOVER };
  }
}

/** Root mean square around the mean, in decibels of full scale, −100 at least. */
export function levelOf(samples: Float32Array): number {
  const n = Math.max(1, samples.length);
  let [sum, squares] = [0, 0];
  for (let t = 0; t < samples.length; t++) {
    sum += samples[t]!;
    squares += samples[t]! ** 2;
  }
  const power = squares / n - (sum / n) ** 2;
  return Math.max(NOTHING, 10 * Math.log10(Math.max(power, 1e-12)));
}
