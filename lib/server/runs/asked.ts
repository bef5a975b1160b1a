import { z } from "zod";

/** What run.json says, as far as it is shown. */
export const asked = z.object({
  task: z.string(),
  data: z.string(),
  fingerprint: z.string(),
  without: z.string().optional(),
  corrections: z.object({ folder: z.string() }).optional(),
  strangers: z.string().optional(),
  init: z.string(),
  config: z.looseObject({ network: z.string(), seed: z.number().optional() }),
  threads: z.int(),
  device: z.string(),
  started: z.iso.datetime(),
});

export type Asked = z.infer<typeof asked>;
