import type { Manifest } from "../engine/release/manifest.ts";

type Licence = Manifest["licence"];

const permuteQuantize: Licence = {
  name: "Uber Non-Commercial License",
  nonCommercial: true,
  credit:
    'Trained from the ImageNet weights of "Permute, Quantize, and Fine-tune" (Uber ATG 2020, arXiv 2010.15703), changed: decompressed, then fine-tuned. The licence text is models/LICENCE-resnet.txt.',
  url: "https://github.com/uber-research/permute-quantize-finetune",
};

const coral: Licence = {
  name: "Apache-2.0",
  nonCommercial: false,
  credit:
    "Trained from the ImageNet weights of MobileNetV2 in google-coral/test_data, changed: dequantised, then fine-tuned. The licence text is models/LICENCE-mobilenetv2.txt.",
  url: "https://github.com/google-coral/test_data",
};

/** The licences of weights that we know, by the sha256 of their file. */
const KNOWN: Readonly<Record<string, Licence>> = {
  "30fe0586bc9fe652eee379f6b0c232ba9cfbe17898be5f88eaa0b91c8f07854e": permuteQuantize,
  ab3e2c72a27bda7279976b35baa26b16a1d7bff946fa69d120d6989be82dba3a: permuteQuantize,
  "8270235b8011b7f9e36fc08f2d2856b0f5353c1e2e6f5d454f171d229aa10920": coral,
};

/** The licence of a file of weights; of one that we do not know it is said that its licence holds. */
export const knownWeights = (sha256: string, file: string): Licence =>
  KNOWN[sha256] ?? {
    name: "not stated",
    nonCommercial: false,
    credit: `Trained from ${file.split(/[\\/]/).at(-1)}; the licence of those weights holds for this release too.`,
  };
