/** Emoji that say about the same: one that a vocabulary lacks is read as the first of its row that it holds. */
const ALIKE = [
  "😂🤣😹😆",
  "😊😄😃☺😀😁🙂😇🤗😸😺😌😋😎",
  "😍🥰😻🤩",
  "❤♥🧡💛💚💙💜🤎🖤🤍💕💖💗💓💞💘💝❣💟🫶",
  "😘😗😙😚💋",
  "🎉🎊🥳🎈🎁",
  "👍👌💯✅🏆🥇",
  "👏🙌",
  "💪✊👊",
  "😭😿",
  "😢😥🥲🥺",
  "😞😔🙁☹😟😕😣😩😫😓",
  "😡🤬😠👿😤💢🖕",
  "💩👎🤮🤢",
  "😒🙄😑😐",
  "😰😨😧😦",
  "😳😲😮😯🤯",
] as const;

/** The emoji that say about the same as this one, the likest first; none for other characters. */
export const emojiLike = (character: string): readonly string[] => ROWS.get(character) ?? [];

const ROWS: ReadonlyMap<string, readonly string[]> = new Map(
  ALIKE.flatMap((row) => [...row].map((emoji) => [emoji, [...row]] as const)),
);
