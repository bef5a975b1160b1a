import { judgeTexts } from "../../../engine/release/judgeTexts.ts";
import { loadTextRelease } from "../../../engine/release/loadText.ts";
import { decoded, encodingOf } from "../../text/decoding.ts";
import type { Answerer } from "./answerer.ts";
import { expectKind } from "./expect-kind.ts";
import type { Input } from "./inputs.ts";
import { TEXT_LENGTH } from "./limits.ts";
import { MicroBatches } from "./micro-batches.ts";
import { Refusal } from "./refusal.ts";

/** Texts that are read at once. Measured: sixteen together take a tenth of the time that they take one by one. */
const AT_ONCE = 16;

/** Loads a release that reads. Throws NacreError("weights") where it cannot be used. */
export async function loadTextAnswerer(folder: string): Promise<Answerer> {
  const release = await loadTextRelease(folder, { spinning: false });
  const reading = new MicroBatches((texts: readonly string[]) => judgeTexts(release, texts), AT_ONCE);
  return {
    manifest: release.manifest,
    answer: async (input) => [await reading.answer(await textOf(input))],
    dispose: () => release.dispose(),
  };
}

/** The whole content as one text, whatever encoding it is in. */
async function textOf(input: Input): Promise<string> {
  const { name, content } = input;
  if (content.size === 0) throw new Refusal(422, `${name} is empty (0 bytes).`);
  await expectKind(input, "text");
  const encoding = await encodingOf(content);
  if (encoding === undefined) throw new Refusal(415, `${name} is no text in UTF-8, UTF-16 or GB 18030.`);
  let text = "";
  for await (const piece of decoded(content, encoding)) text += piece;
  if (text.length <= TEXT_LENGTH) return text;
  throw new Refusal(
    422,
    `${name} has ${text.length} characters, more than the ${TEXT_LENGTH} that are read at once. Send it in parts.`,
  );
}
