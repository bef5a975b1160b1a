import type { Task } from "../../engine/task.ts";

/** Thirty musical instruments on photographs. The aliases are the spellings of the public picture sets. */
const instruments: Task = {
  id: "instruments",
  title: { en: "Musical instruments", zh: "乐器" },
  classes: [
    { id: "didgeridoo", en: "didgeridoo", zh: "迪吉里杜管" },
    { id: "tambourine", en: "tambourine", zh: "铃鼓" },
    { id: "xylophone", en: "xylophone", zh: "木琴" },
    { id: "accordion", en: "accordion", zh: "手风琴", aliases: ["acordian", "accordian"] },
    { id: "alphorn", en: "alphorn", zh: "阿尔卑斯号角" },
    { id: "bagpipes", en: "bagpipes", zh: "风笛", aliases: ["bagpipe"] },
    { id: "banjo", en: "banjo", zh: "班卓琴" },
    { id: "bongo-drum", en: "bongo drum", zh: "邦戈鼓", aliases: ["bongos", "bongo"] },
    { id: "casaba", en: "casaba", zh: "卡萨巴", aliases: ["cabasa"] },
    { id: "castanets", en: "castanets", zh: "响板" },
    { id: "clarinet", en: "clarinet", zh: "单簧管" },
    { id: "clavichord", en: "clavichord", zh: "古钢琴" },
    { id: "concertina", en: "concertina", zh: "六角手风琴" },
    { id: "drums", en: "drums", zh: "鼓", aliases: ["drum"] },
    { id: "dulcimer", en: "dulcimer", zh: "扬琴" },
    { id: "flute", en: "flute", zh: "长笛" },
    { id: "guiro", en: "guiro", zh: "刮瓜", aliases: ["güiro"] },
    { id: "guitar", en: "guitar", zh: "吉他" },
    { id: "harmonica", en: "harmonica", zh: "口琴" },
    { id: "harp", en: "harp", zh: "竖琴" },
    { id: "maracas", en: "maracas", zh: "沙槌", aliases: ["marakas"] },
    { id: "ocarina", en: "ocarina", zh: "陶笛" },
    { id: "piano", en: "piano", zh: "钢琴" },
    { id: "saxophone", en: "saxophone", zh: "萨克斯管", aliases: ["saxaphone"] },
    { id: "sitar", en: "sitar", zh: "锡塔尔琴" },
    { id: "steel-drum", en: "steel drum", zh: "钢鼓" },
    { id: "trombone", en: "trombone", zh: "长号" },
    { id: "trumpet", en: "trumpet", zh: "小号" },
    { id: "tuba", en: "tuba", zh: "大号" },
    { id: "violin", en: "violin", zh: "小提琴" },
  ],
  input: { kind: "image", fit: "squeeze" },
  networks: { standard: "resnet50", light: "mobilenetv2" },
};

export default instruments;
