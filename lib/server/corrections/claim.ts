import { z } from "zod";
import { NacreError } from "../../../engine/errors.ts";
import type { Claim, ClassOrNone } from "../../corrections/correction.ts";
import { listReleases } from "../releases.ts";

const schema = z.object({
  task: z.string().max(100),
  version: z.string().max(100),
  answered: z.string().max(100).nullable(),
  probability: z.coerce.number().min(0).max(1).nullable(),
  said: z.string().max(100).nullable(),
});

/**
 * A claim out of an address's query, as `claimQuery` writes it. It must name a release that is here, and classes of it.
 *
 * @throws NacreError("input")
 */
export async function readClaim(query: URLSearchParams): Promise<Claim> {
  const { data } = schema.safeParse(
    Object.fromEntries(Object.keys(schema.shape).map((name) => [name, query.get(name)])),
  );
  if (data === undefined) throw new NacreError("input", "The correction does not say what it is about.");
  const release = (await listReleases(data.task)).find(({ manifest }) => manifest.version === data.version);
  if (release === undefined)
    throw new NacreError("input", "The correction is of a release that this server does not have.");
  const { classes, input } = release.manifest;
  for (const name of [data.answered, data.said])
    if (!isClassOf(classes, name))
      throw new NacreError("input", "The correction names a class that the release does not have.");
  return { ...data, kind: input.kind };
}

/** Whether it is none, or one of the classes by its id, and fit to be the name of a folder. */
export function isClassOf(classes: readonly { readonly id: string }[], said: ClassOrNone): boolean {
  if (said === null) return true;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused.
  return classes.some(({ id }) => id === said) && /^[^./\\\0-\x1f][^/\\\0-\x1f]*$/.test(said);
}
