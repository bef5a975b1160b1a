import { expect, test } from "vitest";
import { operatorsDocument } from "../testing/document.ts";

test("OPS.md says what the table says; if not, run this test with --update", async () => {
  await expect(operatorsDocument()).toMatchFileSnapshot("../OPS.md");
});
