import type { AugmentationRecipe } from "../data/image/augment.ts";
import { epochsOf, type PictureConfig } from "./pictureConfig.ts";

/**
 * Variations that make catalogue pictures worth as much as snapshots: other frames, shapes, lights and
 * cameras, and objects on white put into other pictures' scenes.
 */
const variations: AugmentationRecipe = {
  paste: { probability: 0.5, size: [0.55, 1], backgroundScale: [0.05, 0.3], backgroundBlur: [0, 3] },
  crop: { scale: [0.3, 1], ratio: [0.5, 2] },
  flip: 0.5,
  rotation: { probability: 0.3, degrees: 20 },
  colour: { probability: 0.8, brightness: 0.35, contrast: 0.35, saturation: 0.35, hue: 0.03 },
  grayscale: 0.07,
  blur: { probability: 0.15, sigma: [0.4, 1.4] },
  jpeg: { probability: 0.1, quality: [30, 80] },
  erase: { probability: 0.2, area: [0.03, 0.2], ratio: [0.4, 2.5] },
};

/**
 * How a pretrained network is fine-tuned on pictures. Normalisation keeps the statistics that the weights
 * came with: those of small batches cost 7 points of accuracy at the start. Small pictures first, for
 * speed; the released size at the end, at which thin things can be told apart (flutes, trombones).
 */
const resnet: PictureConfig = {
  network: "resnet50",
  sizes: [
    { epochs: 6, size: 128 },
    { epochs: 4, size: 192 },
  ],
  batch: 32,
  optimiser: { name: "sgd", momentum: 0.9, nesterov: false },
  schedule: { name: "cosine", rate: 0.012, warmUp: 0.05 },
  statistics: "frozen",
  freeze: [],
  rates: { fc: 4, classifier: 4 },
  l1: 0,
  l2: 1e-4,
  labelSmoothing: 0.1,
  average: 0.995,
  balanced: false,
  recipe: variations,
  mixing: { probability: 0.3, mixup: 0.3, cutmix: 1 },
  twoLooks: true,
  seed: 1,
};

/**
 * The small network needs steps measured against each weight's own gradients: with frozen statistics some of
 * its channels are scaled a hundredfold, and plain descent diverges at rates at which the others learn.
 */
const mobilenet: PictureConfig = {
  ...resnet,
  network: "mobilenetv2",
  sizes: [
    { epochs: 4, size: 128 },
    { epochs: 5, size: 160 },
  ],
  optimiser: { name: "adamw", weightDecay: 0.02 },
  schedule: { name: "cosine", rate: 6e-4, warmUp: 0.05 },
  l2: 0,
  mixing: { probability: 0.15, mixup: 0.2, cutmix: 1 },
};

/** The recipe for a network; `epochs` stretches or shortens its stages alike. */
export function recipeFor(network: string, epochs?: number): PictureConfig {
  const recipe = network === "mobilenetv2" ? mobilenet : { ...resnet, network };
  return epochs === undefined ? recipe : withEpochs(recipe, epochs);
}

/** The same configuration with so many epochs in all; the last stage, whose size is released, gets at least one. */
export function withEpochs(config: PictureConfig, epochs: number): PictureConfig {
  const { sizes } = config;
  const factor = epochs / epochsOf(config);
  let left = epochs;
  const stages = sizes.map((stage, i) => {
    const last = i === sizes.length - 1;
    const share = last ? left : Math.min(left - 1, Math.round(stage.epochs * factor));
    left -= share;
    return { ...stage, epochs: share };
  });
  return { ...config, sizes: stages.filter((stage) => stage.epochs > 0) };
}

/** The same configuration with a batch so small that an epoch of so many pictures has 8 steps and more. */
export function withPictures(config: PictureConfig, pictures: number): PictureConfig {
  const few = 2 ** Math.floor(Math.log2(Math.max(1, pictures / 8)));
  return { ...config, batch: Math.min(config.batch, few) };
}
