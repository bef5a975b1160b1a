/** What the engine has for Node alone: its runtime, and everything that reads or writes files. */

export { type EvaluationBatch, evaluationBatches } from "./data/evaluation.ts";
export { type ImageFolder, type ScanOptions, type SplitName, scanImageFolder } from "./data/folder.ts";
export type { AugmentationRecipe } from "./data/image/augment.ts";
export { decodeImage } from "./data/image/decode.node.ts";
export { createLoader, type Loader, type LoaderOptions } from "./data/loader.ts";
export type { Mixing } from "./data/mixing.ts";
export type { Sample } from "./data/sample.ts";
export type { SoundBatch, SoundMixing } from "./data/soundBatches.ts";
export { type SoundEvaluationBatch, soundEvaluationBatches } from "./data/soundEvaluation.ts";
export { type SoundFolder, scanSoundFolder } from "./data/soundFolder.ts";
export { createSoundLoader, type SoundLoader, type SoundLoaderOptions } from "./data/soundLoader.ts";
export { type Splits, trainingSplits } from "./data/split.ts";
export { type LabelledText, readTextTable, type TextColumns } from "./data/text/table.node.ts";
export { NETWORKS, networkOf } from "./networks/index.ts";
export { type Classifier, loadRelease, readManifest } from "./release/load.ts";
export type { Manifest } from "./release/manifest.ts";
export { type NodeRuntimeOptions, nodeRuntime } from "./runtime/node.ts";
export type { TrainingConfig } from "./train/config.ts";
export { inferenceModel, runOver } from "./train/evaluate.ts";
export { trainHead } from "./train/head.ts";
export { recipeFor } from "./train/recipes.ts";
export type { EpochRecord, TrainingEvent, TrainOptions, TrainResult } from "./train/run.ts";
export { train } from "./train/train.ts";
export { readWeights, writeWeights } from "./train/weightsFile.ts";
