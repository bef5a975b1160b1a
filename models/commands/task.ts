import type { Task } from "../../engine/task.ts";

/** Ten spoken commands, and what is none of them. The aliases are the folders of Google's Speech Commands. */
const commands: Task = {
  id: "commands",
  title: { en: "Spoken commands", zh: "语音口令" },
  classes: [
    { id: "yes", en: "yes", zh: "是" },
    { id: "no", en: "no", zh: "否" },
    { id: "up", en: "up", zh: "上" },
    { id: "down", en: "down", zh: "下" },
    { id: "left", en: "left", zh: "左" },
    { id: "right", en: "right", zh: "右" },
    { id: "on", en: "on", zh: "开" },
    { id: "off", en: "off", zh: "关" },
    { id: "stop", en: "stop", zh: "停" },
    { id: "go", en: "go", zh: "走" },
    { id: "unknown", en: "another word", zh: "其他词语", aliases: ["_unknown_"] },
    { id: "silence", en: "no word", zh: "没有人声", aliases: ["_background_noise_"] },
  ],
  input: { kind: "sound" },
  networks: { standard: "convgru" },
};

export default commands;
