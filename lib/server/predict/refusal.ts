import { SoundError } from "../../../engine/data/audio/admission.ts";
import { PictureError } from "../../../engine/data/image/admission.ts";
import { NacreError } from "../../../engine/errors.ts";
import { RETRY_AFTER } from "./limits.ts";

/** Why a request, or one of its inputs, is not answered: an HTTP status (RFC 9110 §15) and a sentence. */
export class Refusal extends NacreError {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, sentence: string, headers: Readonly<Record<string, string>> = {}) {
    super("input", sentence);
    this.status = status;
    this.headers = headers;
  }
}

/** This server has too much to do at the moment. */
export const busy = (): Refusal =>
  new Refusal(503, `The server is busy; ask again in ${RETRY_AFTER} seconds.`, {
    "Retry-After": String(RETRY_AFTER),
  });

/** The status that says best why an input cannot be used: 415 for what it is, 422 for what is wrong with it. */
export function statusOf(error: NacreError): number {
  if (error instanceof Refusal) return error.status;
  if (error instanceof PictureError || error instanceof SoundError)
    return ["foreign", "unknown", "codec"].includes(error.fault.kind) ? 415 : 422;
  return 422;
}
