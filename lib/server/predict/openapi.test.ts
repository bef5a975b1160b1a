import { Validator } from "@seriousme/openapi-schema-validator";
import { expect, test } from "vitest";
import { z } from "zod";
import { openApiDocument } from "./openapi.ts";
import { answers, problem } from "./schema.ts";

test("the description is an OpenAPI 3.1 document", async () => {
  const validator = new Validator();
  const { valid, errors } = await validator.validate(openApiDocument() as Record<string, unknown>);
  expect(errors).toBeUndefined();
  expect(valid).toBe(true);
  expect(validator.version).toBe("3.1");
});

test("its schemas take what is answered, and nothing else", () => {
  const { components } = openApiDocument() as { components: { schemas: Record<string, object> } };
  const prediction = { class: "a", en: "a", zh: "一", probability: 0.5 };
  const good = {
    task: "t",
    model: "light-1.0.0",
    answers: [
      { file: "a", known: true, predictions: [prediction] },
      { file: "b", error: "…" },
    ],
  };
  const bad = { ...good, answers: [{ file: "a", predictions: [{ ...prediction, probability: 2 }] }] };
  const published = z.fromJSONSchema(components.schemas.Answers as Parameters<typeof z.fromJSONSchema>[0]);
  for (const schema of [published, answers]) {
    expect(schema.safeParse(good).success).toBe(true);
    expect(schema.safeParse(bad).success).toBe(false);
    expect(schema.safeParse({ ...good, more: 1 }).success).toBe(false);
  }
  expect(problem.safeParse({ error: "no", answers: [{ file: "b", error: "…" }] }).success).toBe(true);
});
