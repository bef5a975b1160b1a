import { openExample } from "../../../../../../lib/server/confusions/example.ts";
import { findConfusions } from "../../../../../../lib/server/confusions/record.ts";
import { problem, signedInOnly } from "../../../../../../lib/server/owners-only.ts";
import { listReleases } from "../../../../../../lib/server/releases.ts";

interface Address {
  readonly params: Promise<{ readonly task: string; readonly version: string; readonly sha256: string }>;
}

/** A picture or recording that a release took for something else, for the owner in person. */
export function GET(request: Request, { params }: Address): Promise<Response> {
  return signedInOnly(request, async () => {
    const { task, version, sha256 } = await params;
    const release = (await listReleases(task)).find(({ manifest }) => manifest.version === version);
    const confusions = release && (await findConfusions(process.cwd(), release.manifest));
    const kind = release?.manifest.input.kind;
    if (!confusions || kind === undefined || kind === "text") return problem(404, "Nothing was kept of it.");
    const opened = await openExample(confusions, kind, sha256);
    switch (opened) {
      case undefined:
        return problem(404, "This release was not found to confuse such a file.");
      case "gone":
        return problem(410, "The file is not there any more.");
      case "changed":
        return problem(409, "The file was changed since the release was measured on it.");
      default:
        return new Response(opened.bytes, {
          headers: {
            "Content-Type": opened.type,
            "Content-Security-Policy": "default-src 'none'",
            "Cache-Control": "no-store",
          },
        });
    }
  });
}
