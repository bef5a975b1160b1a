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
  fit: z.enum(["squeeze", "crop", "both"]),
  /** Of each channel, red green blue, on values in [0, 1]: x = (byte / 255 − mean) / std. */
  mean: z.tuple([z.number(), z.number(), z.number()]),
  std: z.tuple([z.number(), z.number(), z.number()]),
});

const sound = z.object({
  kind: z.literal("sound"),
  /** Samples a second, mono. */
  rate: z.number().int().positive(),
  /** Samples that the graph takes at once. */
  samples: z.number().int().positive(),
  /** The ids of the classes that are no words: all other words, and nothing said. */
  unknown: z.string().optional(),
  silence: z.string().optional(),
});

const text = z.object({
  kind: z.literal("text"),
  /** Tokens that the graph takes at once; longer texts are read in windows. */
  window: z.number().int().positive(),
  /** The n-grams that the graph reads beside the tokens, hashed. */
  grams: z.object({ longest: z.number().int().min(2), buckets: z.number().int().min(2) }),
  /** The tokeniser's pieces. */
  vocabulary: file,
});

/** What every release says of itself. */
const common = z.object({
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
  /** External data of all graphs. */
  weights: file,
  /** How long the graph "wasm" takes for the first golden input, in WebAssembly with one thread, as measureSpeed finds. */
  speed: z
    .object({
      /** The median. */
      ms: z.number().positive(),
      /** Of the machine that it was measured on. */
      processor: z.string(),
      cores: z.number().int().positive(),
    })
    .optional(),
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

/** A release that looks at pictures. */
const picture = common.extend({
  /**
   * Graph input "image": float32 [N, 3, size, size], [N, 3, 2 · size, size] where the fit is "both". Graph outputs
   * "logits": float32 [N, classes], and "maps":
   * float32 [N, classes, h, w], the evidence at each place, whose means are the logits, but for what is recalled.
   */
  input: image,
  /** A second network in the same graphs, and its share of the logits, each network's at its own temperature. */
  ensemble: z.object({ network: z.string(), share: z.number().min(0).max(1) }).optional(),
  /**
   * Where the classes that the first weights were made for answer along: the weight of their log-probabilities beside
   * the logits at their own temperature.
   */
  recall: z.object({ weight: z.number().positive() }).optional(),
  graphs: z.object({ wasm: file, webgpu: file }),
  /** Inputs made by the formula of golden.ts from a seed, with the logits that each graph must give. */
  golden: z.array(
    z.object({ seed: z.number().int(), wasm: z.array(z.number()), webgpu: z.array(z.number()) }),
  ),
});

/** A release that listens to recordings. Recurrent networks are served on WebAssembly alone. */
const listening = common.extend({
  /** Graph input "sound": float32 [N, samples]. Graph output "logits": float32 [N, classes]. */
  input: sound,
  /** A clip's likeliest class counts if it is a word and at least so probable. */
  known: z
    .object({
      threshold: z.number(),
      /** Share of the words reported on that count. */
      kept: share,
      /** Share of other words that count as one of these; absent where there were none. */
      accepted: share.optional(),
    })
    .optional(),
  /** How to listen to a stream: the fields of engine/listen's Listening, and what each threshold costs. */
  listening: z.object({
    hop: z.number().positive(),
    smoothing: z.number().int().positive(),
    refractory: z.number().min(0),
    threshold: z.number(),
    /** Measured on words and background of the split reported on, thresholds rising. */
    curve: z.array(
      z.object({
        threshold: z.number(),
        /** Share of spoken words that are not heard, or taken for another. */
        missed: z.number(),
        falsePerHour: z.number(),
        /** The median time from a word's end to its detection, in seconds. */
        latency: z.number(),
      }),
    ),
  }),
  graphs: z.object({ wasm: file }),
  /** Inputs made by the formula of goldenSound.ts from a seed, with the logits that the graph must give. */
  golden: z.array(z.object({ seed: z.number().int(), wasm: z.array(z.number()) })),
});

/** A release that reads texts. */
const reading = common.extend({
  /** Graph input "tokens": int64 [N, T, grams.longest], filled up with 0. Graph output "logits": float32 [N, classes]. */
  input: text,
  /** "why" is the graph of contributions.ts, by which each token's say is told. */
  graphs: z.object({ wasm: file, why: file }),
  /** Texts with the logits that the graph must give. */
  golden: z.array(z.object({ text: z.string(), wasm: z.array(z.number()) })),
});

const KINDS = { image: picture, sound: listening, text: reading };

export type PictureManifest = z.infer<typeof picture>;
export type SoundManifest = z.infer<typeof listening>;
export type TextManifest = z.infer<typeof reading>;

/** What a release says of itself. Every number that a page or program needs is here and nowhere else. */
export type Manifest = PictureManifest | SoundManifest | TextManifest;

const kindSchema = z.object({ input: z.object({ kind: z.enum(["image", "sound", "text"]) }) });

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
  const { data: kind } = kindSchema.safeParse(json);
  const parsed = KINDS[kind?.input.kind ?? "image"].safeParse(json);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0]!;
  throw new NacreError(
    "weights",
    `${where}: the manifest's ${issue.path.join(".")} is wrong (${issue.message}). Build the release again.`,
  );
}
