import type { ReadableStream } from "node:stream/web";
import { noteDeed } from "../../../lib/server/accounts/deeds.ts";
import { appDatabase } from "../../../lib/server/app-database.ts";
import { ownersOnly, problem } from "../../../lib/server/owners-only.ts";
import { MOST_ZIP_BYTES, receiveZip } from "../../../lib/server/uploads/receive.ts";

/** Takes a zip of class folders, as the body, and tells which folder it has become. */
export function POST(request: Request): Promise<Response> {
  return ownersOnly(request, async (doer) => {
    if (request.body === null) return problem(422, "No zip was sent.");
    if (Number(request.headers.get("content-length") ?? 0) > MOST_ZIP_BYTES)
      return problem(413, `The zip is larger than ${MOST_ZIP_BYTES / 1e6} MB. Put the folder on the server.`);
    const received = await receiveZip(process.cwd(), request.body as ReadableStream<Uint8Array>);
    const { client } = await appDatabase();
    await noteDeed(client, doer, "upload", received.folder);
    return Response.json(received, { status: 201 });
  });
}
