import { appDatabase } from "../../../lib/server/app-database.ts";
import { receiveCorrection } from "../../../lib/server/corrections/receive.ts";

/** Takes a correction that a visitor sends with consent. */
export function POST(request: Request): Promise<Response> {
  return receiveCorrection(request, process.cwd(), appDatabase);
}
