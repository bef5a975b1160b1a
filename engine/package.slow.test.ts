import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";

// The engine as others get it: packed, installed into an empty project, run by plain Node. Every block of
// its README is compiled against the packed types and run there, training LeNet-5 among them.

const engine = fileURLToPath(new URL(".", import.meta.url));
const modules = join(engine, "..", "node_modules");
const readme = readFileSync(join(engine, "README.md"), "utf8");
/** Half a minute of work; the limit is for machines that are busy with something else. */
const timeout = 600_000;

/** Batches of four pictures in two classes, made by two threads. */
const pictures = `
  import { createLoader, scanImageFolder } from "nacre-engine/node";
  const { splits } = await scanImageFolder("pictures");
  const loader = createLoader({
    samples: splits.all!, classes: 2, size: 8, batch: 4, seed: 1, workers: 2, cacheBytes: 1e6,
  });
  for await (const { images, targets } of loader.epoch(0)) console.log(images.length, targets.length);
  await loader.close();
`;

/** A red PNG. */
const onePixel = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC",
  "base64",
);

const project = mkdtempSync(join(tmpdir(), "nacre-package-"));
let packed: { readonly filename: string; readonly files: readonly { readonly path: string }[] };

beforeAll(() => {
  const output = npm(engine, "pack", "--json", "--ignore-scripts=false", "--pack-destination", project);
  [packed] = JSON.parse(output);
  const { dependencies } = JSON.parse(readFileSync(join(engine, "package.json"), "utf8"));
  // The packages that the engine asks for are taken from the repository's own, which saves half a gigabyte;
  // npm refuses them where the versions differ.
  const own = Object.keys(dependencies).map((name) => [name, `file:${join(modules, name)}`]);
  write("package.json", {
    private: true,
    type: "module",
    dependencies: { "nacre-engine": `file:${packed.filename}`, ...Object.fromEntries(own) },
  });
  write(
    "readme.ts",
    blocks("ts")
      .filter((block) => quotedFile(block) === undefined)
      .join("\n"),
  );
  write("pictures.ts", pictures);
  write("tsconfig.json", {
    compilerOptions: {
      target: "es2023",
      lib: ["es2023", "dom"],
      module: "nodenext",
      strict: true,
      types: [],
    },
    files: ["readme.ts", "pictures.ts"],
  });
  npm(project, "install", "--offline", "--ignore-scripts", "--no-audit", "--no-fund");
  run(project, process.execPath, join(modules, "typescript", "bin", "tsc"), "--project", ".");
}, timeout);

afterAll(() => rmSync(project, { recursive: true }));

test("the package holds compiled code, types and papers, and nothing else", () => {
  const others = packed.files.map(({ path }) => path).filter((path) => !/^dist\/.*\.(js|d\.ts)$/.test(path));
  expect(others.sort()).toEqual(["LICENSE", "OPS.md", "README.md", "package.json"]);
  expect(packed.files.filter(({ path }) => /\.test\.|\.fixture\.|testing\/|examples\//.test(path))).toEqual(
    [],
  );
});

test("the README does what it says: LeNet-5 learns digits, and every other block runs", { timeout }, () => {
  const output = run(project, process.execPath, "readme.js");
  expect(Number(/^accuracy (.*)$/m.exec(output)![1])).toBeGreaterThan(0.97);
  for (const block of blocks("text")) {
    const wanted = block.split("\n").filter((line) => line !== "" && line !== "…");
    expect(output.split("\n").filter((line) => wanted.includes(line))).toEqual(wanted);
  }
});

test("what the README quotes from a file is in that file", () => {
  const quotes = blocks("ts").filter((block) => quotedFile(block) !== undefined);
  expect(quotes.length).toBeGreaterThan(0);
  for (const quote of quotes) {
    const [first, ...rest] = quote.split("\n");
    expect(readFileSync(join(engine, quotedFile(first!)!), "utf8")).toContain(rest.join("\n"));
  }
});

test("worker threads read pictures from the package's own files", { timeout }, () => {
  for (const name of ["cat", "dog"]) {
    mkdirSync(join(project, "pictures", name), { recursive: true });
    for (const i of [1, 2]) writeFileSync(join(project, "pictures", name, `${i}.png`), onePixel);
  }
  expect(run(project, process.execPath, "pictures.js")).toBe(`${4 * 8 * 8 * 3} ${4 * 2}\n`);
});

/** The README's code blocks of a language. */
function blocks(language: string): string[] {
  return [...readme.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)]
    .filter(([, name]) => name === language)
    .map(([, , text]) => text!);
}

/** The file that a block says it is from, in its first line. */
function quotedFile(block: string): string | undefined {
  return /^\/\/ (\S+\.ts)$/m.exec(block.split("\n", 1)[0]!)?.[1];
}

function write(name: string, content: unknown): void {
  writeFileSync(join(project, name), typeof content === "string" ? content : JSON.stringify(content));
}

/** Runs the npm that runs us, else the one on the path. */
function npm(folder: string, ...args: string[]): string {
  const script = process.env.npm_execpath;
  return script?.endsWith("npm-cli.js")
    ? run(folder, process.execPath, script, ...args)
    : run(folder, "npm", ...args);
}

/** Runs a program as from a fresh shell and returns its standard output; throws with all that it said if it fails. */
function run(folder: string, program: string, ...args: string[]): string {
  const inherited = Object.entries(process.env).filter(([name]) => !/^(npm_|NODE_|VITEST)/.test(name));
  try {
    return execFileSync(program, args, {
      cwd: folder,
      encoding: "utf8",
      env: Object.fromEntries(inherited) as NodeJS.ProcessEnv,
      stdio: ["ignore", "pipe", "pipe"],
    });
  } catch (cause) {
    const { stdout, stderr } = cause as { stdout: string; stderr: string };
    throw new Error(`${program} ${args.join(" ")} failed:\n${stdout}\n${stderr}`, { cause });
  }
}
