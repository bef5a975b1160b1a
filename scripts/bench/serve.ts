import { readdirSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { basename, dirname, extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

/** The programs for workers, by the address that they get. */
const programs = { "web-engine": "web-engine.ts", "web-tfjs": "web-tfjs.ts" } as const;

/** The address of a program within the server. */
export const programPath = (name: keyof typeof programs): string => `/programs/${name}.js`;

const types: Readonly<Record<string, string>> = {
  ".js": "text/javascript",
  ".wasm": "application/wasm", // compiled while it arrives, if it is called so
  ".html": "text/html",
};

/** As the app answers: only isolated pages get threads. */
const headers = {
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Embedder-Policy": "require-corp",
  "Cross-Origin-Resource-Policy": "same-origin",
};

/** Serves an empty page, the programs with the WASM files of their runtimes, and a release; on this machine only. */
export async function serve(release: string): Promise<{ readonly url: string; close(): void }> {
  const files = await programFiles();
  files.set("/", async () => Buffer.from("<!doctype html><title>bench</title>"));
  for (const name of readdirSync(release)) files.set(`/release/${name}`, () => readFile(join(release, name)));
  const server = createServer(async (request, response) => {
    const path = request.url!;
    const content = await files.get(path)?.();
    const type = types[extname(path) || ".html"] ?? "application/octet-stream";
    response.writeHead(content ? 200 : 404, { ...headers, "Content-Type": type }).end(content);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url, close: () => server.close() };
}

/** Bundles the programs. The runtimes look for their WASM files beside the code. */
async function programFiles(): Promise<Map<string, () => Promise<Uint8Array>>> {
  const files = new Map<string, () => Promise<Uint8Array>>();
  const { outputFiles } = await build({
    entryPoints: Object.values(programs).map((file) => join(import.meta.dirname, file)),
    bundle: true,
    splitting: true, // onnxruntime's threads start its own chunk again, not our program
    minify: true,
    format: "esm",
    target: "es2022",
    outdir: join(import.meta.dirname, "programs"), // not written, but esbuild wants to know
    write: false,
    logLevel: "error",
  });
  for (const { path, contents } of outputFiles)
    files.set(`/programs/${basename(path)}`, async () => contents);
  for (const entry of ["onnxruntime-web/wasm", "@tensorflow/tfjs-backend-wasm"]) {
    const folder = dirname(fileURLToPath(import.meta.resolve(entry)));
    for (const name of readdirSync(folder).filter((file) => file.endsWith(".wasm")))
      files.set(`/programs/${name}`, () => readFile(join(folder, name)));
  }
  return files;
}
