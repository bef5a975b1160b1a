import { z } from "zod";
import { NacreError } from "../../engine/errors.ts";

/** The fewest characters of a setup code that somebody thought up. */
const LEAST_CODE = 16;

/** All that the app reads from its environment; README.md lists the same. */
const schema = z.object({
  /** The folder of what the app remembers; from the repository's root, if it is no absolute path. */
  NACRE_DATA: z.string().default(".nacre-data"),
  /** The folder of the tasks and their releases. */
  NACRE_MODELS: z.string().default("models"),
  /** The folder in which training puts its runs. */
  NACRE_RUNS: z.string().default("runs"),
  /** A PostgreSQL database, in place of a file in NACRE_DATA. */
  DATABASE_URL: z
    .string()
    .refine(
      (url) => /^postgres(ql)?:\/\//.test(url) && URL.canParse(url),
      "DATABASE_URL is no address of PostgreSQL (postgresql://user:password@host:5432/database). Correct it, or unset it: then a file in the data folder is used.",
    )
    .optional(),
  /** The code with which the first password is set, where nobody can read what the server prints. */
  NACRE_SETUP_CODE: z
    .string()
    .refine(
      (code) => code.replace(/[\s-]/g, "").length >= LEAST_CODE,
      `NACRE_SETUP_CODE is too short. Give it at least ${LEAST_CODE} characters that nobody can guess, spaces and hyphens not counted.`,
    )
    .optional(),
  /** "1" where a reverse proxy stands before the app, whose word on addresses is taken. */
  NACRE_PROXY: z
    .literal("1", "NACRE_PROXY can only be 1: that a reverse proxy stands before the app. Else unset it.")
    .optional(),
  /** How many inputs a visitor may have predicted on the server within a minute. */
  NACRE_ITEMS_PER_MINUTE: z
    .string()
    .regex(
      /^[1-9]\d{0,8}$/,
      "NACRE_ITEMS_PER_MINUTE is no number of inputs. Give it a whole number above 0, or unset it.",
    )
    .transform(Number)
    .optional(),
  PORT: z
    .string()
    .refine(
      (port) => /^\d+$/.test(port) && Number(port) >= 1 && Number(port) <= 65535,
      "PORT is no port. Give it a whole number from 1 to 65535, or unset it.",
    )
    .optional(),
});

export type Environment = z.infer<typeof schema>;

/**
 * The settings that the environment gives; what is empty counts as unset.
 *
 * @throws NacreError("usage") with a sentence for each that is wrong
 */
export function environment(): Environment {
  const given = Object.fromEntries(
    Object.keys(schema.shape).map((name) => [name, process.env[name] || undefined]),
  );
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  throw new NacreError("usage", parsed.error.issues.map(({ message }) => message).join("\n"));
}
