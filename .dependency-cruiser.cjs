/**
 * Which way the imports point: app → lib → engine, scripts → engine and lib/server, and no circle anywhere.
 * Tests and their fixtures may look wherever they need to. scripts/imports.test.ts proves that the rules see TypeScript.
 */

const test = "(\\.(test|fixture)\\.tsx?$|^engine/testing/)";

/** Starts a worker thread from TypeScript; published, the engine is JavaScript and does not hold it. */
const fromSource = "\\.source\\.mjs$";

/** A rule for one folder of the engine: it may import itself, the engine's shared files and `others`. */
const engine = (folder, ...others) => ({
  name: `engine-${folder}`,
  comment: `engine/${folder} may import ${["itself", ...others].join(", ")} and nothing else of the engine`,
  severity: "error",
  from: { path: `^engine/${folder}/`, pathNot: [test] },
  to: { path: "^engine/[^/]+/", pathNot: [folder, ...others].map((name) => `^engine/${name}/`) },
});

module.exports = {
  forbidden: [
    { name: "no-circle", severity: "error", from: {}, to: { circular: true } },
    { name: "resolvable", severity: "error", from: {}, to: { couldNotResolve: true } },
    {
      name: "engine-alone",
      comment: "the engine is a library of its own: it imports itself, Node and a few packages",
      severity: "error",
      from: { path: "^engine/", pathNot: [test, fromSource] },
      to: {
        pathNot: ["^engine/", "node_modules/(onnxruntime-(node|web|common)|opencc-js|sharp|wavefile|zod)/"],
        dependencyTypesNot: ["core"],
      },
    },
    {
      name: "testing-for-tests",
      comment: "what only tests need is imported by tests only",
      severity: "error",
      from: { pathNot: [test, "^e2e/"] },
      to: { path: test },
    },
    {
      name: "models-to-engine",
      comment: "a task says what is asked, in the engine's types",
      severity: "error",
      from: { path: "^models/", pathNot: [test] },
      to: { pathNot: ["^models/", "^engine/"] },
    },
    {
      name: "lib-below-app",
      severity: "error",
      from: { path: "^lib/", pathNot: [test] },
      to: { path: "^(app|scripts|e2e)/" },
    },
    {
      name: "scripts-above-engine",
      severity: "error",
      from: { path: "^scripts/", pathNot: [test] },
      to: { path: "^(app|lib|e2e)/", pathNot: "^lib/server/" },
    },
    { name: "app-on-top", severity: "error", from: { path: "^app/" }, to: { path: "^(scripts|e2e)/" } },
    {
      name: "browser-without-node",
      comment: "what runs in the browser never reaches Node or a native package",
      severity: "error",
      from: { path: ["^lib/", "^engine/(index|web)\\.ts$"], pathNot: [test, "^lib/server/"] },
      to: {
        path: [
          "\\.node\\.ts$",
          "^engine/runtime/node\\.ts$",
          "^(node:)?(fs|path|os|worker_threads|child_process)(/|$)",
          "node_modules/(sharp|onnxruntime-node)/",
        ],
        reachable: true,
      },
    },
    engine("onnx"),
    engine("graph"),
    engine("ops", "graph"),
    engine("autodiff", "graph", "ops"),
    engine("nn", "graph", "ops"),
    engine("networks", "graph", "ops", "nn"),
    engine("optim", "graph", "ops"),
    engine("lower", "graph", "ops", "onnx"),
    engine("runtime", "onnx"),
    engine("data"),
    engine("listen", "data"),
    engine("read", "data", "networks", "runtime"),
  ],
  options: {
    tsConfig: { fileName: "tsconfig.json" },
    tsPreCompilationDeps: true, // a circle of types is a circle too
    doNotFollow: { path: "node_modules" },
    exclude: { path: ["^\\.next/", "^prisma/generated/", "^models/[^/]+/releases/"] },
    enhancedResolveOptions: {
      extensions: [".ts", ".tsx", ".mjs", ".js", ".json"],
      conditionNames: ["import", "types", "node", "default"],
      exportsFields: ["exports"],
    },
  },
};
