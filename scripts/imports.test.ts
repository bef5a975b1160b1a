import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { cruise, type ICruiseResult } from "dependency-cruiser";
import { expect, test } from "vitest";

// A dependency-cruiser whose TypeScript does not fit sees no import in a .ts file and finds all in order.
// Here it must find each offence of a small house built to offend.

const rules = createRequire(import.meta.url)("../.dependency-cruiser.cjs");

const offences: Record<string, { files: Record<string, string>; rule: string }> = {
  "a circle": {
    files: {
      "engine/ops/a.ts": 'import { b } from "./b.ts";\nexport const a = b;\n',
      "engine/ops/b.ts": 'import { a } from "./a.ts";\nexport const b = () => a;\n',
    },
    rule: "no-circle",
  },
  "a circle of types": {
    files: {
      "engine/ops/a.ts": 'import type { B } from "./b.ts";\nexport type A = B | 1;\n',
      "engine/ops/b.ts": 'import type { A } from "./a.ts";\nexport type B = A | 2;\n',
    },
    rule: "no-circle",
  },
  "the engine asking the pages": {
    files: {
      "engine/ops/a.ts": 'import { page } from "../../lib/page.ts";\nexport const a = page;\n',
      "lib/page.ts": "export const page = 1;\n",
    },
    rule: "engine-alone",
  },
  "meaning that knows its file format": {
    files: {
      "engine/ops/a.ts": 'import { encode } from "../onnx/encode.ts";\nexport const a = encode;\n',
      "engine/onnx/encode.ts": "export const encode = 1;\n",
    },
    rule: "engine-ops",
  },
  "the browser reaching Node, at one remove": {
    files: {
      "lib/inference/client.ts":
        'import { read } from "../../engine/data/read.ts";\nexport const client = read;\n',
      "engine/data/read.ts": 'export { readFile as read } from "node:fs/promises";\n',
    },
    rule: "browser-without-node",
  },
  "a file that is not there": {
    files: { "engine/ops/a.ts": 'export * from "./nowhere.ts";\n' },
    rule: "resolvable",
  },
};

test.each(Object.entries(offences))("%s is found", async (_, { files, rule }) => {
  const found = await violations(files);
  expect(found).toContain(rule);
});

test("a tidy house has no violation", async () => {
  const found = await violations({
    "engine/ops/a.ts": 'import type { B } from "../graph/b.ts";\nexport const a: B = 1;\n',
    "engine/graph/b.ts":
      'import { createHash } from "node:crypto";\nexport type B = 1;\nexport { createHash };\n',
    "scripts/run.ts": 'import { a } from "../engine/ops/a.ts";\nexport const run = a;\n',
  });
  expect(found).toEqual([]);
});

async function violations(files: Record<string, string>): Promise<string[]> {
  const baseDir = mkdtempSync(join(tmpdir(), "nacre-imports-"));
  try {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(baseDir, path)), { recursive: true });
      writeFileSync(join(baseDir, path), text);
    }
    const folders = [...new Set(Object.keys(files).map((path) => path.split("/")[0]!))];
    const { tsConfig: _, ...options } = rules.options;
    const { output } = await cruise(folders, {
      ...options,
      ruleSet: { forbidden: rules.forbidden },
      validate: true,
      baseDir,
    });
    return (output as ICruiseResult).summary.violations.map((violation) => violation.rule.name);
  } finally {
    rmSync(baseDir, { recursive: true });
  }
}
