import { expect, test } from "vitest";
import { languagesOf } from "./languages.ts";

test.each([
  ["Really good food!", ["en"]],
  ["這部電影實在太爛了", ["zh"]],
  ["我昨天用 iPhone 拍的照片真的很好看", ["zh"]],
  ["The sign says 北京 and nothing else, which surprised me.", ["en"]],
  ["这家店 service 很好，味道也不错 but expensive", ["zh", "en"]],
  ["Очень вкусно", []],
  ["とても美味しかったです", []],
  ["진짜 맛있어요", []],
  ["😀 123 !!!", []],
  ["", []],
])("%s", (text, languages) => expect(languagesOf(text)).toEqual(languages));
