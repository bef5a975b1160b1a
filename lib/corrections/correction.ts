import type { InputKind } from "../content.ts";

/** A class's id, or null where a thing is none of the classes. */
export type ClassOrNone = string | null;

/** What an answer was about and what it said. */
export interface Answered {
  readonly task: string;
  readonly kind: InputKind;
  /** The release that answered. */
  readonly version: string;
  /** The likeliest class; null where the release took the thing for none of them. */
  readonly answered: ClassOrNone;
  /** Of that class, in [0, 1]; null where there is none. */
  readonly probability: number | null;
}

/** What somebody says an answer should have been. */
export interface Claim extends Answered {
  readonly said: ClassOrNone;
}

/** A claim with the thing that it is about, as this browser keeps it. */
export interface Correction extends Claim {
  /** No two of a browser share it. */
  readonly id: string;
  /** What the file was called; "" for a typed text and for what was recorded here. */
  readonly name: string;
  /** The picture as it was handed in, a WAV file, or the text in UTF-8. */
  readonly content: Blob;
  /** ISO 8601 */
  readonly made: string;
  /** When it was sent to the server, if it was; ISO 8601. */
  readonly sent: string | null;
}

/** The largest body that the server takes, in bytes. */
export const mostBytes: Readonly<Record<InputKind, number>> = {
  image: 4_000_000,
  sound: 4_000_000,
  text: 80_000,
};

/** The longest text that is sent, in UTF-16 code units. */
export const mostCharacters = 20_000;

/** The longest recording that is sent, in s. */
export const mostSeconds = 10;

/** A claim as the query of an address. What is null is left out. */
export function claimQuery({ task, version, answered, probability, said }: Claim): URLSearchParams {
  const given = Object.entries({ task, version, answered, probability, said });
  return new URLSearchParams(
    given.flatMap(([name, value]) => (value === null ? [] : [[name, String(value)]])),
  );
}
