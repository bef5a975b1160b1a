import { z } from "zod";
import { NacreError } from "../../../engine/errors.ts";

/** The longest form that is read, in characters. */
const MOST = 50_000;

/** What a page sent as JSON. Throws NacreError("usage") where it is something else. */
export async function readForm<T>(request: Request, schema: z.ZodType<T>): Promise<T> {
  // A length is not always stated; what a form sends is short in any case.
  const text = Number(request.headers.get("content-length") ?? 0) > MOST ? "" : await request.text();
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
