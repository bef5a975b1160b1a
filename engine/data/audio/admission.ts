import { NacreError } from "../../errors.ts";

/** The most samples a channel that are decoded at once, over an hour at 16 kHz; longer files are read in pieces. */
export const MAX_SAMPLES = 60_000_000;

/** Why a recording is refused; pages that speak other languages choose their sentence by `kind`. */
export type SoundFault =
  | { readonly kind: "empty" }
  | { readonly kind: "unknown" }
  | { readonly kind: "foreign"; readonly format: string }
  | { readonly kind: "codec"; readonly codec: string }
  | { readonly kind: "header"; readonly what: string }
  | { readonly kind: "cutShort" }
  | { readonly kind: "silent" }
  | { readonly kind: "notNumbers" }
  | { readonly kind: "tooLong"; readonly minutes: number; readonly limit: number };

/** A recording that cannot be used: code "input", a sentence naming the file, and the fault as a record. */
export class SoundError extends NacreError {
  readonly fault: SoundFault;

  constructor(name: string, fault: SoundFault, options?: { cause?: unknown }) {
    super("input", `${name} ${sentence(fault)}`, options);
    this.fault = fault;
  }
}

function sentence(fault: SoundFault): string {
  switch (fault.kind) {
    case "empty":
      return "is empty (0 bytes); record or copy it again.";
    case "unknown":
      return "is not a recording that can be read; save it as WAV.";
    case "foreign":
      return `is a ${fault.format} file; save it as WAV first.`;
    case "codec":
      return `is a WAV file in ${fault.codec}, which cannot be read; save it as 16-bit PCM.`;
    case "header":
      return `is a WAV file whose header makes no sense (${fault.what}); record or export it again.`;
    case "cutShort":
      return "is a WAV file that is cut short; copy or record it again.";
    case "silent":
      return "holds no sound at all (0 samples); record it again.";
    case "notNumbers":
      return "holds samples that are no numbers (NaN or infinite); export it again.";
    case "tooLong":
      return `lasts ${fault.minutes} minutes, more than the ${fault.limit} that are read at once; cut it into pieces.`;
  }
}
