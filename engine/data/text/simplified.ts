import { Converter } from "opencc-js/t2cn";

const convert = Converter({ from: "t", to: "cn" });

/** Characters that have been looked up, themselves where they have no simpler form. */
const known = new Map<string, string>();

/** A Han character of the basic plane, beyond which nothing is written in two ways. */
export const HAN = /[\u3400-\u9fff\uf900-\ufaff]/gu;

/**
 * A traditional Chinese character in its simplified form, by OpenCC's table. Character by character, so that each
 * stays in its place: the few words whose characters are simplified otherwise together are not worth losing that.
 */
export function simplified(character: string): string {
  let simple = known.get(character);
  if (simple === undefined) {
    simple = convert(character);
    known.set(character, simple);
  }
  return simple;
}
