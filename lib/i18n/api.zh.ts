import type { apiEn } from "./api.en.ts";

/** 给程序用的接口，中文。 */
export const apiZh: typeof apiEn = {
  heading: "程序可以向这台服务器提问",
  text: "没有浏览器的程序可以把图片、录音和文字发到这台服务器上识别（POST /api/v1/…）。这是另一扇门：本站的网页从不走这里，上面的三种办法都能验证。",
  document: "接口说明（OpenAPI）",
};
