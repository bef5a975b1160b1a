import { z } from "zod";
import { NacreError } from "../errors.ts";

/** A file of the release, by its name within the folder. */
const file = z.object({
  file: z.string().regex(/^[a-z0-9][a-z0-9._-]*$/),
  bytes: z.number().int().positive(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});

/** A share with its 95 % interval (Wilson). */
const share = z.object({ value: z.number(), low: z.number(), high: z.number() });

const image = z.object({
  kind: z.literal("image"),
  /** Side of the square that the graph takes, in pixels. */
  size: z.number().int().positive(),
  /** How a picture becomes square: "squeeze" scales both sides, "crop" scales the short side and cuts the middle. */
  fit: z.enum(["squeeze", "crop"]),
  /** Of each channel, red green blue, on values in [0, 1]: x = (byte / 255 − mean) / std. */
  mean: z.tuple([z.number(), z.number(), z.number()]),
  std: z.tuple([z.number(), z.number(), z.number()]),
});

/** What a release says of itself. Every number that a page or program needs is here and nowhere else. */
export const manifestSchema = z.object({
  format: z.literal(1),
  task: z.string(),
  /** "<variant>-<major.minor.patch>", the folder's name. */
  version: z.string().regex(/^[a-z]+-\d+\.\d+\.\d+$/),
  variant: z.string(),
  network: z.string(),
  created: z.string(),
  /** The task's title and the classes' names, in the order of the logits. */
  title: z.object({ en: z.string(), zh: z.string() }),
  classes: z.array(z.object({ id: z.string(), en: z.string(), zh: z.string() })).min(2),
  licence: z.object({
    /** SPDX id or a short name. */
    name: z.string(),
    nonCommercial: z.boolean(),
    /** One sentence of credit for the weights that this release started from. */
    credit: z.string(),
    url: z.string().optional(),
  }),
  /**
   * Graph input "image": float32 [N, 3, size, size]. Graph outputs "logits": float32 [N, classes], and "maps":
   * float32 [N, classes, h, w], the evidence at each place, whose means are the logits.
   */
  input: image,
  /** Whether the graphs answer with the mean for the picture and its mirror image. */
  mirror: z.boolean().optional(),
  /** Probabilities are softmax(logits / temperature). */
  temperature: z.number().positive(),
  /**
   * What shows none of the classes: graph output "familiarity", float32 [N], is below the threshold. Absent in
   * releases that cannot tell.
   */
  known: z
    .object({
      threshold: z.number(),
      /** Share of the pictures reported on that count as known, all of which show one of the classes. */
      kept: share,
    })
    .optional(),
  graphs: z.object({ wasm: file, webgpu: file }),
  /** External data of both graphs. */
  weights: file,
  /** Inputs made by the formula of golden.ts from a seed, with the logits that each graph must give. */
  golden: z.array(
    z.object({ seed: z.number().int(), wasm: z.array(z.number()), webgpu: z.array(z.number()) }),
  ),
  /** Largest difference from the golden logits that still passes, of the GPU's or WASM's rounding. */
  goldenTolerance: z.number().positive(),
  metrics: z.object({
    split: z.string(),
    n: z.number().int(),
    top1: share,
    top5: share,
    macroF1: share,
    ece: z.number(),
    /** How often answers of a confidence are right, in bins of confidence that hold items, from low to high. */
    reliability: z
      .array(z.object({ confidence: z.number(), accuracy: z.number(), count: z.number().int().positive() }))
      .optional(),
  }),
});

export type Manifest = z.infer<typeof manifestSchema>;

/** Parses a manifest; throws a sentence naming `where` and the first thing that is wrong. */
export function parseManifest(text: string, where: string): Manifest {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw new NacreError(
      "weights",
      `${where}: the manifest is not JSON. Download or build the release again.`,
      { cause },
    );
  }
  const parsed = manifestSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0]!;
  throw new NacreError(
    "weights",
    `${where}: the manifest's ${issue.path.join(".")} is wrong (${issue.message}). Build the release again.`,
  );
}
