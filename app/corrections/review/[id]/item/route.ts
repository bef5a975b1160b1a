import { readFile } from "node:fs/promises";
import { appDatabase } from "../../../../../lib/server/app-database.ts";
import { findWaiting, waitingFile } from "../../../../../lib/server/corrections/inbox.ts";
import { ownersOnly, problem } from "../../../../../lib/server/owners-only.ts";

const types: Readonly<Record<string, string>> = {
  image: "image/jpeg",
  sound: "audio/wav",
  text: "text/plain; charset=utf-8",
};

/** The picture, recording or text of a correction that waits, for its owner's eyes. */
export function GET(
  request: Request,
  { params }: { readonly params: Promise<{ readonly id: string }> },
): Promise<Response> {
  return ownersOnly(request, async () => {
    const { client } = await appDatabase();
    const correction = await findWaiting(client, Number((await params).id));
    const bytes =
      correction && (await readFile(waitingFile(process.cwd(), correction)).catch(() => undefined));
    if (bytes === undefined) return problem(404, "There is no such correction, or it was reviewed.");
    return new Response(bytes, {
      headers: { "Content-Type": types[correction!.kind]!, "Cache-Control": "no-store" },
    });
  });
}
