import { z } from "zod";
import { textsBody } from "./inputs.ts";
import { BODY_BYTES, ITEMS, ITEMS_PER_MINUTE, KEY_FACTOR } from "./limits.ts";
import { answers, problem, wishes } from "./schema.ts";

/** The statuses with which there is no answer, and why. */
const REFUSALS: Readonly<Record<number, string>> = {
  400: "The address asks for something that there is not, or the body broke off.",
  401: "The key is not valid.",
  403: "Another site's page asks.",
  404: "There is no such task, or no such model of it.",
  405: "The method is not POST.",
  408: "The body came too slowly.",
  413: `The body is longer than ${BODY_BYTES / 2 ** 20} MiB, or has more than ${ITEMS} inputs.`,
  415: "The input is something else than the task takes, whatever its type claims.",
  422: "None of the inputs can be read: damaged, empty, too large.",
  429: `More than ${ITEMS_PER_MINUTE} inputs a minute from one address, or ${KEY_FACTOR} times as many with a key, unless this server's owner chose another number. "Retry-After" says when to come again.`,
  500: "The server is at fault.",
  503: 'The server has too much to do. "Retry-After" says when to come again.',
};

const RETRY_AFTER = { "Retry-After": { schema: { type: "integer" }, description: "In seconds." } };

/** Describes what programs can ask of this server (OpenAPI 3.1.1). */
export function openApiDocument(): object {
  const schemas = { Answers: schemaOf(answers, "output"), Problem: schemaOf(problem, "output") };
  const reference = (name: keyof typeof schemas) => ({
    "application/json": { schema: { $ref: `#/components/schemas/${name}` } },
  });
  const binary = { schema: {} }; // of OpenAPI 3.1, bytes as they are have no schema
  const refusals = Object.entries(REFUSALS).map(([status, description]) => [
    status,
    {
      description,
      content: reference("Problem"),
      ...(status === "429" || status === "503" ? { headers: RETRY_AFTER } : {}),
    },
  ]);
  return {
    openapi: "3.1.1",
    info: {
      title: "Nacre",
      version: "1",
      description:
        "Says what pictures, recordings and texts are, for programs without a browser. Nacre's pages never call this: they answer on the visitor's own device.",
      license: { name: "MIT", identifier: "MIT" },
    },
    servers: [{ url: "/" }],
    security: [{}, { key: [] }],
    paths: {
      "/api/v1/{task}": {
        post: {
          operationId: "predict",
          summary: "Says what the inputs in the body are.",
          parameters: [
            {
              ...{ name: "task", in: "path", required: true, schema: { type: "string" } },
              description: 'What is asked, such as "instruments". /models lists the tasks.',
            },
            ...queryParameters(),
          ],
          requestBody: {
            required: true,
            description: "One input as it is, or several in a form. What an input is, its content says.",
            content: {
              "image/*": binary,
              "audio/wav": binary,
              "text/plain": { schema: { type: "string" } },
              "application/json": { schema: schemaOf(textsBody, "input") },
              "multipart/form-data": {
                schema: {
                  type: "object",
                  description: "Files, in fields of any names; for texts also fields without a file.",
                  additionalProperties: { type: "array", items: {} },
                  minProperties: 1,
                },
              },
              "application/octet-stream": binary,
            },
          },
          responses: {
            200: { description: answers.description, content: reference("Answers") },
            ...Object.fromEntries(refusals),
          },
        },
      },
    },
    components: {
      schemas,
      securitySchemes: {
        key: { type: "http", scheme: "bearer", description: "Raises the limits; nobody needs one." },
      },
    },
  };
}

/** JSON Schema 2020-12, the dialect of OpenAPI 3.1, which is why it need not be named. */
function schemaOf(schema: z.ZodType, io: "input" | "output"): object {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io });
  return rest;
}

function queryParameters(): object[] {
  const { properties = {} } = z.toJSONSchema(wishes, { io: "input" });
  return Object.entries(properties).map(([name, schema]) => {
    const { description, ...rest } = schema as { description?: string };
    return { name, in: "query", required: false, description, schema: rest };
  });
}
