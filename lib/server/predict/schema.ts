import { z } from "zod";

/** What programs are told, the same words and fields as `npm run predict -- … --json` prints. */

const prediction = z
  .strictObject({
    class: z.string().describe("The class, as the task names it."),
    en: z.string().describe("Its name in English."),
    zh: z.string().describe("Its name in Chinese."),
    probability: z
      .number()
      .min(0)
      .max(1)
      .describe("Calibrated: of answers given 0.9, nine in ten are right."),
  })
  .describe("A class that an input may be of.");

export const answered = z
  .strictObject({
    file: z
      .string()
      .describe(
        'The file\'s name, "body", or the text. A long recording has an answer for each word, with its second: "talk.wav#t=12.3".',
      ),
    known: z
      .boolean()
      .optional()
      .describe("False where the input shows none of the classes; missing where the model cannot tell."),
    predictions: z.array(prediction).describe("The likeliest classes, the likeliest first."),
  })
  .describe("What an input is.");

export const failed = z
  .strictObject({
    file: z.string().describe('The file\'s name, "body", or the text.'),
    error: z.string().describe("Why it cannot be used, in a sentence."),
  })
  .describe("An input that cannot be used.");

export const answers = z
  .strictObject({
    task: z.string(),
    model: z.string().describe("The release that answers: its variant and version."),
    answers: z.array(z.union([answered, failed])).describe("In the order of the inputs."),
  })
  .describe("What the inputs are. One of them at least could be used.");

export const problem = z
  .strictObject({
    error: z.string().describe("What is wrong, in a sentence."),
    answers: z.array(failed).optional().describe("What is wrong with each of several inputs."),
  })
  .describe("Why there is no answer.");

/** What a request's address may ask for. */
export const wishes = z.strictObject({
  top: z.coerce.number().int().min(1).default(5).describe("How many classes."),
  model: z
    .string()
    .regex(/^[a-z]+$/)
    .default("standard")
    .describe('Which variant of the task\'s models answers, such as "light".'),
});
