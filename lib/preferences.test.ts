import { expect, test } from "vitest";
import { locales, negotiateLocale, oneOf } from "./preferences.ts";

test("the highest weight wins, and English where nothing fits", () => {
  expect(negotiateLocale("zh-CN,zh;q=0.9,en;q=0.8")).toBe("zh");
  expect(negotiateLocale("fr;q=0.9, en;q=0.5, zh;q=0.7")).toBe("zh");
  expect(negotiateLocale("zh;q=0, en;q=0.1")).toBe("en");
  expect(negotiateLocale("fr, de")).toBe("en");
  expect(negotiateLocale(null)).toBe("en");
  expect(negotiateLocale(";;q=x,,zh;q=,")).toBe("en");
});

test("a cookie with another value is as good as none", () => {
  expect(oneOf(locales, "zh")).toBe("zh");
  expect(oneOf(locales, "<script>")).toBeUndefined();
  expect(oneOf(locales, undefined)).toBeUndefined();
});
