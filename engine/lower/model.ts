/** What every model file of this engine states of itself. ai.onnx 18 is the first with reductions' axes as inputs throughout. */
export const OPSETS = [
  { domain: "", version: 18 },
  { domain: "com.microsoft", version: 1 },
] as const;

/** Who made the file, as every model file of this engine says. */
export const PRODUCER = "nacre";
