import { z } from "zod";
import { NacreError } from "../../../engine/errors.ts";
import { smallText } from "../small-body.ts";

/** The longest form that is read, in bytes. */
const MOST = 50_000;

/** What a page sent as JSON. Throws NacreError("usage") where it is something else. */
export async function readForm<T>(request: Request, schema: z.ZodType<T>): Promise<T> {
  const text = (await smallText(request, MOST)) ?? "";
  try {
    return schema.parse(JSON.parse(text));
  } catch (cause) {
    const field = cause instanceof z.ZodError ? cause.issues[0]?.path.join(".") : undefined;
    throw new NacreError(
      "usage",
      field ? `“${field}” is not as it should be. Correct it, and send it again.` : "That is no form.",
      { cause },
    );
  }
}
