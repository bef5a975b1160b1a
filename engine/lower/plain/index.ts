import { basic } from "./basic.ts";
import { picture } from "./picture.ts";
import type { PlainRules } from "./rule.ts";
import { sequence } from "./sequence.ts";

/** How every operator is written in ONNX, straightforwardly. Total: an operator without a rule does not compile. */
export const PLAIN: PlainRules = { ...basic, ...picture, ...sequence };
