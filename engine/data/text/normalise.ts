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

const NAMED_ENTITIES: Readonly<Record<string, string>> = {
  amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: " ", hellip: "…", mdash: "—", ndash: "–",
  lsquo: "'", rsquo: "'", ldquo: '"', rdquo: '"', hearts: "♥",
}; // biome-ignore format: a list

const ENTITY = /&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z]+));/giu;

function decodeEntities(text: string): string {
  return text.replace(ENTITY, (entity, decimal?: string, hexadecimal?: string, name?: string) => {
    if (name !== undefined) return NAMED_ENTITIES[name.toLowerCase()] ?? entity;
    const code = decimal === undefined ? Number.parseInt(hexadecimal!, 16) : Number(decimal);
    return code <= 0x10ffff ? String.fromCodePoint(code) : entity;
  });
}

/**
 * HTML's entities, compatibility forms (NFKC: full-width letters, ligatures), quotation marks, capitals, invisible
 * characters, white space and long repeats made one; links and @names made LINK and MENTION.
 */
export function normalise(text: string): string {
  return decodeEntities(decodeEntities(text)) // "&amp;amp;" is found in the wild
    .replace(LONE_SURROGATE, "\ufffd")
    .replace(INVISIBLE, "")
    .normalize("NFKC")
    .replace(INVISIBLE, "")
    .replace(/[‘’‛`´]/gu, "'")
    .replace(/[“”„‟«»]/gu, '"')
    .toLowerCase()
    .replace(URL, ` ${LINK} `)
    .replace(NAME, ` ${MENTION} `)
    .replace(SPACE, " ")
    .replace(REPEATED, "$1$1$1")
    .replace(SPLIT_OFF, "$1")
    .trim();
}
