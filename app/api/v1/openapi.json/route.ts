import { openApiDocument } from "../../../../lib/server/predict/openapi.ts";

/** Describes the interface for programs. */
export const GET = (): Response => Response.json(openApiDocument());
