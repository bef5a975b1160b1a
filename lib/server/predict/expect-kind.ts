import type { InputKind } from "../../../engine/task.ts";
import { contentOf } from "../../content.ts";
import type { Input } from "./inputs.ts";
import { Refusal } from "./refusal.ts";

const names: Readonly<Record<InputKind, { readonly one: string; readonly many: string }>> = {
  image: { one: "a picture", many: "pictures" },
  sound: { one: "a recording", many: "recordings" },
  text: { one: "a text", many: "texts" },
};

/**
 * Throws a Refusal 415 where an input's first bytes say that it is something else than the task takes. Where they say
 * nothing, or name a format that is not read, that is left to whoever decodes it.
 */
export async function expectKind({ name, content }: Input, kind: InputKind): Promise<void> {
  const found = await contentOf(content);
  if (!(found.kind in names) || found.kind === kind) return;
  const { one } = names[found.kind as InputKind];
  throw new Refusal(415, `${name} is ${one}; this task takes ${names[kind].many}.`);
}
