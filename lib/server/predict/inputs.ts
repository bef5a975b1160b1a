import { z } from "zod";
import type { InputKind } from "../../../engine/task.ts";
import { ITEMS } from "./limits.ts";
import { Refusal } from "./refusal.ts";

/** One thing to be answered. */
export interface Input {
  /** How answers call it: the file's name, the name of a form's field, or "body". */
  readonly name: string;
  readonly content: Blob;
}

/** A body in JSON. */
export const textsBody = z
  .strictObject({ texts: z.array(z.string()).min(1).max(ITEMS) })
  .describe("Texts, each of which is answered.");

/**
 * The inputs that a body holds. Its type says only how they are packed, in a form or as a list of texts; what each of
 * them is, its content has to say. Only where a task takes texts is JSON more than a file.
 *
 * @throws Refusal 422 where the body is not packed as it says or holds nothing, 413 where it holds too many
 */
export async function inputsOf(body: Blob, type: string, kind: InputKind): Promise<readonly Input[]> {
  const essence = type.split(";")[0]!.trim().toLowerCase();
  if (essence === "application/json" && kind === "text") return fromJson(await body.text());
  if (essence !== "multipart/form-data") return [{ name: "body", content: body }];
  const form = await new Response(body, { headers: { "Content-Type": type } }).formData().catch(() => {
    throw new Refusal(422, "The form cannot be read. Send it as multipart/form-data, whole.");
  });
  const inputs = [...form].map(
    ([field, value]) =>
      typeof value === "string"
        ? { name: field, content: new Blob([value]) }
        : { name: value.name || field, content: value.slice() }, // without the type that it claims
  );
  if (inputs.length === 0) throw new Refusal(422, "The form is empty. Put one file or more into it.");
  if (inputs.length > ITEMS) throw tooMany(inputs.length);
  return inputs;
}

function fromJson(text: string): Input[] {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new Refusal(422, "The body is not JSON, though it says so.");
  }
  const parsed = textsBody.safeParse(json);
  if (parsed.success) return parsed.data.texts.map((text) => ({ name: "body", content: new Blob([text]) }));
  const texts = (json as { texts?: unknown } | null)?.texts;
  if (Array.isArray(texts) && texts.length > ITEMS) throw tooMany(texts.length);
  throw new Refusal(422, 'The body must be {"texts": ["…", …]}, with one text or more.');
}

const tooMany = (count: number): Refusal =>
  new Refusal(413, `${count} inputs are more than the ${ITEMS} of one request. Send them in several.`);
