/** The fewest characters of a password that is the only proof (NIST SP 800-63B-4 §3.1.1.2). */
export const LEAST_PASSWORD = 15;

/** The most that are taken; the same section asks for 64 or more. */
export const MOST_PASSWORD = 256;

/** What is wrong with a password: its length, or that anybody would try it. */
export type PasswordFault = "short" | "long" | "obvious";

/** Rows of keys, and what people begin lists of passwords with. */
const runs = [
  ...["0123456789012345678901234567890", "9876543210987654321098765432109"],
  ...["abcdefghijklmnopqrstuvwxyz", "qwertyuiopasdfghjklzxcvbnm"],
  ...["1qaz2wsx3edc4rfv5tgb6yhn7ujm", "1q2w3e4r5t6y7u8i9o0p", "correcthorsebatterystaple"],
];

/**
 * What is wrong with a new password; undefined where it will do. Nothing is asked of the kinds of its characters, as
 * NIST advises; refused is what is one piece over and over, a row of keys, or names what it opens.
 */
export function passwordFault(password: string): PasswordFault | undefined {
  const length = [...normalised(password)].length;
  if (length < LEAST_PASSWORD) return "short";
  if (length > MOST_PASSWORD) return "long";
  const bare = normalised(password)
    .toLowerCase()
    .replace(/(nacre|password|passwort|owner|admin|mima|密码)/gu, "")
    .replace(/[\s.,_-]/g, "");
  const isPiece = [...bare].length < 8 || /^(.{1,8}?)\1+.{0,7}$/u.test(bare);
  return isPiece || runs.some((run) => run.includes(bare)) ? "obvious" : undefined;
}

/** The same text however it was typed (NFKC, as NIST SP 800-63B-4 §3.1.1.2 asks for). */
export const normalised = (password: string): string => password.normalize("NFKC");
