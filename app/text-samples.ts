import type { Locale } from "../lib/preferences.ts";

/** A text to try a task with, written for this site. */
export interface TextSample {
  /** What it is about, in its own language. */
  readonly title: string;
  readonly language: Locale;
  readonly text: string;
}

const written: Readonly<Record<string, readonly TextSample[]>> = {
  sentiment: [
    {
      title: "A café",
      language: "en",
      text: "The coffee is wonderful, and after two visits they remember your name. The chairs are hard, though, and on Sundays you wait half an hour for a table. I would still come back tomorrow.",
    },
    {
      title: "A parcel",
      language: "en",
      text: "This is the third parcel in a row that arrived broken. Support took nine days to answer and then asked for the same photos again. The box was blue. I am so tired of this, never again!",
    },
    {
      title: "一家旅馆",
      language: "zh",
      text: "房间很干净，窗外就是海，早上被浪声叫醒，太舒服了。早餐一般，咖啡是凉的。不过前台特别热心，还帮我们叫了车，下次还会来。",
    },
    {
      title: "一部手机",
      language: "zh",
      text: "用了三天就开始自动关机，客服只会让我重启。屏幕倒是很漂亮。退货还要自己出运费，真是太失望了。",
    },
  ],
};

/** The texts to try a task with, those in the reader's language first; none for tasks without. */
export const textSamplesOf = (task: string, locale: Locale): readonly TextSample[] =>
  [...(written[task] ?? [])].sort((a, b) => Number(b.language === locale) - Number(a.language === locale));
