import { NacreError } from "../errors.ts";
import { averageOf, optimiserOf, rateOf, scheduleOf, type TrainingConfig } from "./config.ts";
import { type StepOptions, type TrainingStep, trainingStep } from "./step.ts";
import { belongsTo } from "./weights.ts";

/** What a configuration does not say of a training step. */
interface Subject extends Pick<StepOptions, "layer" | "input" | "classes" | "partial"> {
  /** Steps of the whole run. */
  readonly steps: number;
  /** What the network has to freeze, in a person's words. */
  readonly parts: string;
}

/**
 * The training step that a configuration describes.
 *
 * @throws NacreError("usage") where it freezes a part that the network lacks, or everything
 */
export function configuredStep(config: TrainingConfig, { steps, parts, ...subject }: Subject): TrainingStep {
  const step = trainingStep({
    ...subject,
    optimiser: optimiserOf(config),
    schedule: scheduleOf(config, steps),
    trains: (name) => !config.freeze.some((part) => belongsTo(part, name)),
    statistics: config.statistics,
    penalty: { l1: config.l1, l2: config.l2 },
    labelSmoothing: config.labelSmoothing,
    clip: config.clip,
    rateOf: (name) => rateOf(config, name),
    average: averageOf(config, steps),
    seed: config.seed,
  });
  const strange = config.freeze.find((part) => !step.fixed.some(({ name }) => belongsTo(part, name)));
  if (strange !== undefined)
    throw new NacreError("usage", `${config.network} has no part "${strange}" to freeze. It has ${parts}.`);
  if (!step.state.some(({ slot, role }) => role === "weight" && slot?.kind === "parameter"))
    throw new NacreError("usage", "With all parts frozen there is nothing to train. Freeze fewer.");
  return step;
}
