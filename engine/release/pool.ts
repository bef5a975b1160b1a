import { NacreError } from "../errors.ts";
import type { OnnxModel } from "../onnx/model.ts";
import { fitTemperature } from "../train/calibration.ts";
import { type Arithmetics, eachArithmetic } from "./arithmetics.ts";
import { bestShare, ensemble, mixed, type Normalisation, SECOND } from "./ensemble.ts";
import type { PictureManifest } from "./manifest.ts";
import { fitReading, type Remembered, SOURCE, withRecollections } from "./recall.ts";

/** A network of a release, for one look at a picture, and what is known of it. */
export interface Member {
  readonly network: string;
  readonly models: Arithmetics<OnnxModel>;
  readonly input: Normalisation;
  /** What it says of val, at all looks: [N, classes]. */
  readonly logits: Float32Array;
  /** Where it is to recall, what it says of val and of some training pictures in source classes. */
  readonly sources?: { readonly val: Remembered; readonly train: Remembered };
}

/** The networks of a release as one model, and what the manifest says of that. */
export interface Pool extends Pick<PictureManifest, "ensemble" | "recall"> {
  readonly models: Arithmetics<OnnxModel>;
}

/**
 * One or two networks, the second at the share that makes val likeliest, and what their first weights knew.
 *
 * @param labels of val
 * @param looking makes one look at a picture as many as are served
 * @param weight of what the networks recall, beside the answer of all networks at its own temperature
 * @throws NacreError("usage") where the second network does not help
 */
export function pool(
  [first, second]: readonly [Member, Member?],
  labels: Int32Array,
  classes: number,
  looking: (model: OnnxModel) => OnnxModel,
  weight: number,
): Pool {
  const joint = second ? together(first, second, labels, classes) : first;
  const looked = eachArithmetic((of) => looking(joint.models[of]));
  const own = "about" in joint ? { ensemble: joint.about } : {};
  const named = [
    { output: SOURCE, sources: first.sources },
    { output: `${SECOND}${SOURCE}`, sources: second?.sources },
  ];
  const recollections = named.flatMap(({ output, sources }) =>
    sources ? { output, ...fitReading(sources.train, sources.val, classes) } : [],
  );
  if (recollections.length === 0) return { models: looked, ...own };
  const factor = (weight * fitTemperature(joint.logits, labels, classes)) / recollections.length;
  const models = eachArithmetic((of) => withRecollections(looked[of], recollections, factor, classes));
  return { models, ...own, recall: { weight } };
}

function together(first: Member, second: Member, labels: Int32Array, classes: number) {
  const { share, factors } = bestShare(first.logits, second.logits, labels, classes);
  if (share === 0)
    throw new NacreError(
      "usage",
      `${second.network} beside ${first.network} makes no answer on val likelier. Release without it.`,
    );
  return {
    models: eachArithmetic((of) =>
      ensemble([first.models[of], second.models[of]], [first.input, second.input], factors),
    ),
    logits: mixed(first.logits, second.logits, factors),
    about: { network: second.network, share },
  };
}
