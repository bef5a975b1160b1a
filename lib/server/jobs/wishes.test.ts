import { homedir } from "node:os";
import fc from "fast-check";
import { expect, test } from "vitest";
import { readForm } from "../form.ts";
import { lastSentence } from "./program.ts";
import { wishes, wordsFor } from "./wishes.ts";

const least = { task: "birds", data: "/birds", seed: 1, headOnly: false };
const send = (body: string) => readForm(new Request("http://here/", { method: "POST", body }), wishes);

test("a form becomes the words that a person would type", () => {
  expect(wordsFor("/app", wishes.parse(least))).toEqual(["--data", "/birds", "--seed", "1"]);
  const all = {
    ...least,
    data: "~/my birds",
    network: "mobilenetv2",
    epochs: 3,
    init: "runs/a",
    headOnly: true,
  };
  expect(wordsFor("/app", wishes.parse(all))).toEqual([
    ...["--data", `${homedir()}/my birds`, "--network", "mobilenetv2", "--epochs", "3", "--seed", "1"],
    ...["--init", "/app/runs/a", "--freeze", "backbone"],
  ]);
});

test("whatever is sent, no word but those that are meant begins with a dash", async () => {
  const text = fc.oneof(fc.string(), fc.constantFrom("--out", "--config=x", "-h", "../..", "~", "\0"));
  const sent = fc.record(
    { task: text, data: text, network: text, init: text, epochs: fc.integer(), seed: fc.integer() },
    { requiredKeys: [] },
  );
  await fc.assert(
    fc.asyncProperty(sent, async (fields) => {
      const wanted = await send(JSON.stringify({ ...least, ...fields })).catch((error) => error);
      if (wanted instanceof Error) {
        expect(wanted.message).toMatch(/^“\w+” is not as it should be\./);
        return;
      }
      expect(wanted.task).toMatch(/^[a-z]/);
      const own = wordsFor("/app", wanted).filter((word) => word.startsWith("-"));
      expect(wordsFor("/app", wanted).join()).not.toContain("\0");
      for (const word of own) expect(word).toMatch(/^--(data|network|epochs|seed|init|freeze)$/);
    }),
  );
});

test.each(["", "no JSON", `"${"x".repeat(60_000)}"`])("what is no form is refused", async (body) => {
  await expect(send(body)).rejects.toThrow(/is no form|No more than \d+ bytes/);
});

test("a program's last sentence is its reason, and of a bug its name", () => {
  expect(lastSentence("epoch 1\rbar\n\n/birds holds no pictures.\n")).toBe("/birds holds no pictures.");
  expect(lastSentence("This is a bug, please report it with these lines:\nError: x\n at y\n")).toBe(
    "This is a bug, please report it with these lines: Error: x",
  );
  expect(lastSentence("")).toBeUndefined();
});
