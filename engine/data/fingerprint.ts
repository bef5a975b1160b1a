import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { relative, sep } from "node:path";
import { NacreError } from "../errors.ts";

/** Files that are read at once. */
const AT_ONCE = 8;

/**
 * SHA-256 (hexadecimal) over the files' paths relative to `root` and the SHA-256 of their contents:
 * the same pictures in the same order, wherever the folder lies, give the same fingerprint. Streams,
 * so memory does not grow with the files.
 *
 * @throws NacreError "input" naming a file that cannot be read
 */
export async function fingerprint(root: string, paths: readonly string[]): Promise<string> {
  const all = createHash("sha256");
  for (let start = 0; start < paths.length; start += AT_ONCE) {
    const group = paths.slice(start, start + AT_ONCE);
    const contents = await Promise.all(group.map(hashFile));
    for (const [i, path] of group.entries()) {
      all.update(`${relative(root, path).split(sep).join("/")}\0${contents[i]}\n`);
    }
  }
  return all.digest("hex");
}

async function hashFile(path: string): Promise<string> {
  const hash = createHash("sha256");
  try {
    for await (const piece of createReadStream(path)) hash.update(piece as Uint8Array);
  } catch (cause) {
    throw new NacreError("input", `${path} cannot be read; check that it exists and its permissions.`, {
      cause,
    });
  }
  return hash.digest("hex");
}
