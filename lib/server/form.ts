import { z } from "zod";
import { NacreError } from "../../engine/errors.ts";
import { readBody } from "./body.ts";

/** The longest form that is read, in bytes: two paths, and what goes with them. */
const MOST = 16_384;

/** What a page sent as JSON. Throws TooLarge, or NacreError("usage") where it is not what the schema says. */
export async function readForm<T>(request: Request, schema: z.ZodType<T>): Promise<T> {
  const text = new TextDecoder().decode(await readBody(request, MOST));
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
