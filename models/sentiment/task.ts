import type { Task } from "../../engine/task.ts";

/** What a text in English or Chinese feels about what it speaks of. */
const sentiment: Task = {
  id: "sentiment",
  title: { en: "Sentiment", zh: "情感倾向" },
  classes: [
    { id: "negative", en: "negative", zh: "消极", aliases: ["neg", "负面", "差评"] },
    { id: "neutral", en: "neutral", zh: "中性", aliases: ["neu", "中立"] },
    { id: "positive", en: "positive", zh: "积极", aliases: ["pos", "正面", "好评"] },
  ],
  input: { kind: "text" },
  networks: { standard: "text-lstm" },
};

export default sentiment;
