import { expect, test } from "vitest";
import { wayBack } from "./way-back.ts";

test("signing in leads back to pages of this site", () => {
  for (const from of ["/", "/models/marine", "/runs/compare?run=a&run=b#loss"])
    expect(wayBack(from)).toBe(from);
});

test("signing in leads nowhere else, however it is written", () => {
  const elsewhere = [
    ...[
      "https://evil.example/",
      "//evil.example",
      "/\\evil.example",
      "\\\\evil.example",
      "javascript:alert(1)",
    ],
    // Browsers pass over tabs and line ends, and resolve dots.
    ...[
      "/\t/evil.example",
      "/\n\\evil.example",
      "\t//evil.example",
      "/.//evil.example",
      "/a/..\\/evil.example",
    ],
    ...["http://[", undefined, ["/runs", "/runs"]],
  ];
  for (const from of elsewhere) expect(wayBack(from), String(from)).toBe("/account");
});
