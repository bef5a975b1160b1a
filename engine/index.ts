/**
 * The engine's public face, for Node and browsers alike. What only one of them has is in node.ts and web.ts.
 */

// What a graph is made of: values, operators, gradients.

export { gradients } from "./autodiff/gradient.ts";
export { ShapeError } from "./graph/shape.ts";
export {
  apply,
  type Dim,
  type DType,
  defineOp,
  type GradientRule,
  type Gradients,
  missing,
  type Node,
  type Op,
  type Shape,
  type Stop,
  stop,
  type TensorType,
  topological,
  type Value,
} from "./graph/value.ts";
export { OPS, type OpName } from "./ops/index.ts";

// Layers, losses and networks.

export { type ConvGruOptions, convGru } from "./networks/convGru.ts";
export { lenet5 } from "./networks/lenet.ts";
export { type LstmOptions, lstmClassifier } from "./networks/lstm.ts";
export { mlp } from "./networks/mlp.ts";
export { mobilenetV2 } from "./networks/mobilenet.ts";
export { classifier, type Network } from "./networks/network.ts";
export { resnet18, resnet34, resnet50 } from "./networks/resnet.ts";
export { type TextClassifierOptions, textClassifier } from "./networks/textClassifier.ts";
export { fanInUniform, heNormal, type Initialiser, ones, zeros } from "./nn/initialise.ts";
export {
  batchNorm2d,
  conv2d,
  dropout,
  flatten,
  globalAveragePool,
  layerNorm,
  linear,
  maxPool,
  named,
  relu,
  relu6,
  residual,
  sequential,
} from "./nn/layers.ts";
export {
  type ChannelStatistics,
  frameCount,
  LOG_MEL,
  type LogMelOptions,
  logMel,
  normaliseChannels,
  subtractClipMean,
} from "./nn/logMel.ts";
export { crossEntropy } from "./nn/loss.ts";
export { type Built, build, type Layer, type Mode, Scope, type Slot } from "./nn/scope.ts";
export {
  attentionOverTime,
  embedding,
  gru,
  lstm,
  maxOverTime,
  meanOverTime,
  type RecurrentOptions,
  rnn,
  type SequenceLayer,
  type SequencePool,
  type Sequences,
} from "./nn/sequence.ts";
export { type SpecAugment, specAugment } from "./nn/specAugment.ts";

// What they learn from.

export { SoundError, type SoundFault } from "./data/audio/admission.ts";
export { augmentSound, type SoundRecipe } from "./data/audio/augment.ts";
export { ONE_SECOND, type SoundInput, toClip } from "./data/audio/clip.ts";
export { Resampler, resample } from "./data/audio/resample.ts";
export type { Sound } from "./data/audio/sound.ts";
export { decodeWav, decodeWavPieces, encodeWav, type StoredBytes } from "./data/audio/wav.ts";
export { drawDigits } from "./data/digits.ts";
export type { Examples } from "./data/examples.ts";
export { type ImageInput, toTensor } from "./data/image/normalise.ts";
export type { Pixels } from "./data/image/pixels.ts";
export { type PackedRun, type Packing, packByLength, padTo } from "./data/text/buckets.ts";
export { columnsOf, type Grams, withGrams } from "./data/text/grams.ts";
export { languagesOf } from "./data/text/languages.ts";
export { type LearnOptions, learnPieces } from "./data/text/learnPieces.ts";
export { normalise } from "./data/text/normalise.ts";
export { type Token, Tokeniser, UNKNOWN, type Vocabulary } from "./data/text/tokeniser.ts";

// Training.

export {
  adagrad,
  adam,
  adamW,
  type Optimiser,
  rmsprop,
  sgd,
  type Update,
  type Updated,
} from "./optim/optimiser.ts";
export { constantRate, cosineDecay, oneCycle, type Schedule, stepDecay, warmUp } from "./optim/schedule.ts";
export { type FitOptions, type Fitted, fitClassifier } from "./train/fit.ts";
export { measureChannels } from "./train/measureChannels.ts";
export { networkModel } from "./train/networkModel.ts";
export { type Steps, TrainingSession } from "./train/session.ts";
export { type StateTensor, type StepOptions, type TrainingStep, trainingStep } from "./train/step.ts";
export {
  type DenseTensor,
  initialWeights,
  takeWeights,
  type Weights,
} from "./train/weights.ts";

// Listening to streams.

export { type Heard, Listener, type ListenerOptions } from "./listen/listener.ts";
export { type Activity, VoiceActivity } from "./listen/voiceActivity.ts";
export { type Detection, type Listening, WordDetector } from "./listen/wordDetector.ts";

// How good the result is.

export { fitTemperature, negativeLogLikelihood, softmax } from "./train/calibration.ts";
export {
  argmax,
  auroc,
  type ClassMetrics,
  confusionMatrix,
  type Estimate,
  expectedCalibrationError,
  type Metrics,
  macroF1,
  measure,
  type ReliabilityBin,
  reliability,
  topK,
} from "./train/metrics.ts";

// Files, and what makes a model small for inference.

export { checkModel } from "./onnx/check.ts";
export { decodeModel } from "./onnx/decode.ts";
export { encodeModel } from "./onnx/encode.ts";
export type {
  OnnxAttribute,
  OnnxGraph,
  OnnxModel,
  OnnxNode,
  OnnxTensor,
  OnnxValueInfo,
} from "./onnx/model.ts";
export { modelText } from "./onnx/text.ts";
export { type Calibration, calibrate } from "./release/calibrate.ts";
export { correctBias } from "./release/correct-bias.ts";
export { exportOnnx } from "./release/export.ts";
export { externalise } from "./release/externalise.ts";
export { foldBatchNorm } from "./release/fold.ts";
export { quantiseStatic, type Range } from "./release/quantise-static.ts";
export { quantiseWeights } from "./release/quantise-weights.ts";
export { readOnnxWeights } from "./weights/onnx.ts";
export { readSafetensors, readSafetensorsMetadata, writeSafetensors } from "./weights/safetensors.ts";
export type { StoredTensor } from "./weights/stored.ts";

// Running graphs, and what all share.

export { type ErrorCode, NacreError } from "./errors.ts";
export { Rng } from "./random.ts";
export {
  float32,
  type LoadOptions,
  type Runtime,
  type Session,
  type Tensor,
  type Tensors,
} from "./runtime/runtime.ts";
