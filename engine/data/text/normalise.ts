import { HAN, simplified } from "./simplified.ts";
import { TracedText } from "./traced.ts";

/**
 * One text for all the ways to write it, the same in Node and in every browser: what is told apart here, the network
 * would have to learn to take for the same.
 */

/** Stand for a link and for somebody's name, one character each; no text holds them itself. */
export const LINK = "\ue000";
export const MENTION = "\ue001";

/** What says nothing by itself: joiners, marks of direction, variants, soft hyphens, skin tones, private use. */
const INVISIBLE = /[\p{Default_Ignorable_Code_Point}\p{Emoji_Modifier}\p{Private_Use}]/gu;

/** White space and control characters, NUL among them. */
const SPACE = /[\s\p{Control}]+/gu;

const LONE_SURROGATE = /[\ud800-\udfff]/gu;

/** Up to the next space, bracket or character of a language that needs no space there. */
const URL = /(?:https?:\/\/|www\.)[^\s<>()（）\u3000-\u303f\u3400-\u9fff\uff00-\uffef]+/giu;

/** A name on social media: behind a letter, the sign belongs to an address. */
const NAME = /(?<![a-z0-9_.])@[a-z0-9_]+/giu;

/** The same character more than three times is three times: "soooooo", "！！！！". */
const REPEATED = /(.)\1{3,}/gu;

/** What some collections have split off: "does n't", "it 's". */
const SPLIT_OFF = / (n't|'(?:s|m|d|re|ve|ll))(?![\w'])/gu;

const NAMED_ENTITIES: ReadonlyMap<string, string> = new Map(Object.entries({
  amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: " ", hellip: "…", mdash: "—", ndash: "–",
  lsquo: "'", rsquo: "'", ldquo: '"', rdquo: '"', hearts: "♥",
})); // biome-ignore format: a list

const ENTITY = /&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z]+));/giu;

function decodedEntity(entity: string, decimal?: string, hexadecimal?: string, name?: string): string {
  if (name !== undefined) return NAMED_ENTITIES.get(name.toLowerCase()) ?? entity;
  const code = decimal === undefined ? Number.parseInt(hexadecimal!, 16) : Number(decimal);
  return code <= 0x10ffff ? String.fromCodePoint(code) : entity;
}

/** A character with the marks and the parts of a Korean syllable that follow it: what NFKC puts together. */
const COMPOSED = /[^\p{M}\u1160-\u11ff][\p{M}\u1160-\u11ff]*/gsu;

const CAPITALS = /\p{Changes_When_Lowercased}+/gu;

/**
 * HTML's entities, compatibility forms (NFKC: full-width letters, ligatures), quotation marks, capitals, invisible
 * characters, white space and long repeats made one; traditional Chinese made simplified; links and @names made LINK
 * and MENTION. Knows where in the text each character was.
 */
export function traceNormalised(text: string): TracedText {
  const nothing = () => "";
  const plain = TracedText.of(text)
    .replace(ENTITY, decodedEntity)
    .replace(ENTITY, decodedEntity) // "&amp;amp;" is found in the wild
    .replace(LONE_SURROGATE, () => "\ufffd")
    .replace(INVISIBLE, nothing);
  const composed = plain.text.normalize("NFKC") === plain.text ? plain : plain.replace(COMPOSED, nfkc);
  return composed
    .replace(INVISIBLE, nothing)
    .replace(HAN, simplified)
    .replace(/[‘’‛`´]/gu, () => "'")
    .replace(/[“”„‟«»]/gu, () => '"')
    .replace(CAPITALS, (capitals) => capitals.toLowerCase())
    .replace(URL, () => ` ${LINK} `)
    .replace(NAME, () => ` ${MENTION} `)
    .replace(SPACE, () => " ")
    .replace(REPEATED, (_, character) => character!.repeat(3))
    .replace(SPLIT_OFF, (_, ending) => ending!)
    .replace(/^ | $/gu, nothing);
}

const nfkc = (character: string): string => character.normalize("NFKC");

/** `traceNormalised`, where nobody asks what came from where. */
export const normalise = (text: string): string => traceNormalised(text).text;
