import type { ImageFolder } from "../data/folder.ts";
import { NacreError } from "../errors.ts";
import type { Network } from "../networks/network.ts";
import { Rng } from "../random.ts";
import type { Runtime } from "../runtime/runtime.ts";
import { inferenceModel, runOver } from "../train/evaluate.ts";
import { INFERENCE_BATCH } from "../train/validate.ts";
import type { Weights } from "../train/weights.ts";
import { balanceOf } from "./balance.ts";
import { type Diagnosis, type Duplicates, type Labelled, TINY } from "./diagnosis.ts";
import { BLANK, type DuplicateGroup, duplicateGroups } from "./duplicates.ts";
import { checkLabels } from "./labelCheck.ts";
import { type Look, lookAtAll, type Seen } from "./look.ts";

export interface ExamineOptions {
  /** Its backbone gives the features that labels are judged by. */
  readonly network: Network;
  readonly weights: Weights;
  readonly runtime: Runtime;
  readonly seed: number;
  /** Ends the work soon. */
  readonly signal?: AbortSignal;
  /** Told how far it is: pictures are looked at, then labels are judged in epochs. */
  readonly onProgress?: (stage: "pictures" | "epochs", done: number, of: number) => void;
}

/** The side of the pictures that features are computed from, in pixels. */
const FEATURE_SIZE = 160;

/**
 * Examines labelled pictures; each is read once, none is changed. Memory: the network's features and some
 * kilobytes a picture. The same pictures, weights and seed give the same diagnosis.
 *
 * @throws NacreError "interrupted" when the signal says so
 */
export async function examine(folder: ImageFolder, options: ExamineOptions): Promise<Diagnosis> {
  const { directory, classes } = folder;
  const { runtime, signal, seed } = options;
  const told = (stage: "pictures" | "epochs") => (done: number, of: number) => {
    options.onProgress?.(stage, done, of);
    if (signal?.aborted) throw new NacreError("interrupted", "Stopped before all pictures were examined.");
  };
  const pictures = allPictures(folder);
  const { looks, features } = await look(pictures, options, told("pictures"));
  const unreadable: Diagnosis["unreadable"][number][] = [];
  const readable: Labelled[] = [];
  const seen: Seen[] = [];
  for (const [i, outcome] of looks.entries()) {
    const picture = pictures[i]!;
    if ("unreadable" in outcome) unreadable.push({ picture, reason: outcome.unreadable });
    else {
      readable.push(picture);
      seen.push(outcome);
    }
  }
  const duplicates = duplicateGroups(seen.map(({ signature }) => signature));
  const labels = await checkLabels({
    ...{ pictures: readable, features, duplicates, classes: classes.length, runtime },
    rng: new Rng(seed).fork("labels"),
    onEpoch: told("epochs"),
  });
  return {
    ...{ directory, classes, pictures: pictures.length, unreadable, labels },
    tiny: readable
      .map((picture, i) => ({ picture, width: seen[i]!.width, height: seen[i]!.height }))
      .filter(({ width, height }) => Math.min(width, height) < TINY)
      .sort((a, b) => Math.min(a.width, a.height) - Math.min(b.width, b.height)),
    blank: readable.filter((_, i) => seen[i]!.signature.contrast < BLANK),
    duplicates: duplicates
      .map((group) => described(group, readable))
      .sort((a, b) => severity(b) - severity(a)),
    balance: balanceOf(pictures, classes.length),
  };
}

function allPictures({ splits }: ImageFolder): Labelled[] {
  const { train = [], val = [], test = [], all = [] } = splits;
  return Object.entries({ train, val, test, all }).flatMap(([split, samples]) =>
    samples.map((sample) => ({ ...sample, split: split as Labelled["split"] })),
  );
}

/** Looks at every picture; `features` has a row for each readable one. */
async function look(
  pictures: readonly Labelled[],
  { network, weights, runtime }: ExamineOptions,
  onProgress: (done: number, of: number) => void,
): Promise<{ looks: Look[]; features: Float32Array }> {
  const looks: Look[] = [];
  const { mean, std, backbone } = network;
  const input = { size: FEATURE_SIZE, fit: "squeeze", mean, std } as const;
  const paths = pictures.map(({ path }) => path);
  const batches = lookAtAll(paths, input, INFERENCE_BATCH, (one) => {
    looks.push(one);
    onProgress(looks.length, paths.length);
  });
  const model = inferenceModel(backbone, FEATURE_SIZE, weights, "features");
  const { outputs } = await runOver(model, batches, runtime);
  return { looks, features: outputs.features! };
}

function described({ members, ...group }: DuplicateGroup, pictures: readonly Labelled[]): Duplicates {
  const same = members.map((i) => pictures[i]!);
  const several = (what: "label" | "split") => same.some((picture) => picture[what] !== same[0]![what]);
  return { pictures: same, ...group, disagree: several("label"), leak: several("split") };
}

/** Leaks flatter every figure, wrong labels teach nonsense, other duplicates waste time. */
const severity = ({ leak, disagree }: Duplicates): number => 2 * Number(leak) + Number(disagree);
