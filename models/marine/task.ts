import type { Task } from "../../engine/task.ts";

/** Twenty-two animals of the sea on photographs. The aliases are the folder names of the public picture set. */
const marine: Task = {
  id: "marine",
  title: { en: "Marine life", zh: "海洋生物" },
  classes: [
    { id: "clam", en: "clam", zh: "蛤蜊", aliases: ["clams"] },
    { id: "coral", en: "coral", zh: "珊瑚", aliases: ["corals"] },
    { id: "crab", en: "crab", zh: "螃蟹", aliases: ["crabs"] },
    { id: "dolphin", en: "dolphin", zh: "海豚", aliases: ["dolphins"] },
    { id: "eel", en: "eel", zh: "鳗鱼", aliases: ["eels"] },
    { id: "jellyfish", en: "jellyfish", zh: "水母", aliases: ["jelly-fish"] },
    { id: "lobster", en: "lobster", zh: "龙虾", aliases: ["lobsters"] },
    { id: "nudibranch", en: "nudibranch", zh: "海蛞蝓", aliases: ["nudibranchs", "sea-slug"] },
    { id: "octopus", en: "octopus", zh: "章鱼" },
    { id: "otter", en: "otter", zh: "水獭", aliases: ["otters", "sea-otter"] },
    { id: "penguin", en: "penguin", zh: "企鹅", aliases: ["penguins"] },
    { id: "pufferfish", en: "pufferfish", zh: "河豚", aliases: ["puffers", "puffer", "puffer-fish"] },
    { id: "ray", en: "ray", zh: "魔鬼鱼", aliases: ["rays", "sea-rays", "sea-ray"] },
    { id: "sea-urchin", en: "sea urchin", zh: "海胆", aliases: ["sea-urchins", "urchin"] },
    { id: "seahorse", en: "seahorse", zh: "海马", aliases: ["seahorses", "sea-horse"] },
    { id: "seal", en: "seal", zh: "海豹", aliases: ["seals"] },
    { id: "shark", en: "shark", zh: "鲨鱼", aliases: ["sharks"] },
    { id: "shrimp", en: "shrimp", zh: "虾", aliases: ["shrimps"] },
    { id: "squid", en: "squid", zh: "鱿鱼", aliases: ["squids"] },
    { id: "starfish", en: "starfish", zh: "海星", aliases: ["star-fish", "sea-star"] },
    { id: "turtle", en: "turtle", zh: "海龟", aliases: ["turtle-tortoise", "turtles", "sea-turtle"] },
    { id: "whale", en: "whale", zh: "鲸鱼", aliases: ["whales"] },
  ],
  input: { kind: "image", fit: "squeeze" },
  networks: { standard: "resnet50", light: "mobilenetv2" },
};

export default marine;
