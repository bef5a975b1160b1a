import { streamFile } from "../../../../../lib/server/file-stream.ts";
import { parseRange } from "../../../../../lib/server/range.ts";
import { findReleaseFile } from "../../../../../lib/server/releases.ts";

/**
 * A file of a release, whole or in part. Files whose sha256 the manifest states never change under their
 * name: browsers may keep them for good, and an interrupted download goes on where it stopped.
 */
export async function GET(
  request: Request,
  { params }: { params: Promise<{ task: string; version: string; file: string }> },
): Promise<Response> {
  const { task, version, file } = await params;
  const found = await findReleaseFile(task, version, file);
  if (found === undefined) return new Response("There is no such file in any release.\n", { status: 404 });

  const etag = found.sha256 === undefined ? undefined : `"${found.sha256}"`;
  const headers = new Headers({
    "Content-Type": contentType(file),
    "Accept-Ranges": "bytes",
    "Cache-Control": etag === undefined ? "no-cache" : "public, max-age=31536000, immutable",
  });
  if (etag !== undefined) headers.set("ETag", etag);
  if (etag !== undefined && request.headers.get("if-none-match")?.includes(etag)) {
    return new Response(null, { status: 304, headers });
  }

  const condition = request.headers.get("if-range");
  const wanted = condition === null || condition === etag ? request.headers.get("range") : null;
  const range = parseRange(wanted, found.bytes);
  if (range === "unsatisfiable") {
    headers.set("Content-Range", `bytes */${found.bytes}`);
    return new Response(null, { status: 416, headers });
  }
  const { start, end } = range ?? { start: 0, end: found.bytes - 1 };
  headers.set("Content-Length", String(end - start + 1));
  if (range !== undefined) headers.set("Content-Range", `bytes ${start}-${end}/${found.bytes}`);
  return new Response(await streamFile(found.path, start, end), {
    status: range === undefined ? 200 : 206,
    headers,
  });
}

function contentType(file: string): string {
  if (file.endsWith(".json")) return "application/json";
  // Markdown under its own type would be saved to disk; as plain text it is shown.
  if (file.endsWith(".md")) return "text/plain; charset=utf-8";
  return "application/octet-stream";
}
