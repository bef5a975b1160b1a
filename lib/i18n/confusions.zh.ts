import type { confusionsEn } from "./confusions.en.ts";

/** 关于模型混淆情况的文字，中文，ICU 消息格式。 */
export const confusionsZh: typeof confusionsEn = {
  title: "哪些被认成了哪些",
  lead: {
    image: "每行是图片的真实类别，每列是模型的回答。点按数字可以查看这些图片。",
    sound: "每行是录音的真实内容，每列是模型的回答。点按数字可以收听这些录音。",
    text: "每行是文字的真实类别，每列是模型的回答。点按数字可以阅读这些文字。",
  },
  measured: "{date}测量，共 {count} 个样本（{split}）。",
  cell: "{count} 个{shown}被认成{answered}",
  none: {
    image: "用带标签的图片测量这个版本，之后就能在这里查看认错的图片：",
    sound: "用带标签的录音测量这个版本，之后就能在这里收听认错的录音：",
    text: "用带标签的文字测量这个版本，之后就能在这里阅读认错的文字：",
  },
  folder: "你的文件夹",
  pageTitle: "{shown}被认成{answered}",
  heading: "{shown}被认成{answered}",
  counted: {
    image: "{of, number} 张图片中的 {count} 张",
    sound: "{of, number} 段录音中的 {count} 段",
    text: "{of, number} 段文字中的 {count} 段",
  },
  by: "{version}，{date}在 {data} 上测量（{split}）",
  surest: "这里列出其中最有把握的 {count} 个回答。",
  sure: "{answered}，{share}",
  gone: "这个文件已经不在了。",
  changed: "这个文件后来改动过。",
  folderGone: "{data} 已经不在了。请放回原处，或者在数据现在的位置重新测量这个版本。",
  signIn: "只有这台服务器的所有者可以查看认错的样本。",
};
