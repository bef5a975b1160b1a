import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { bindMigrationAwareSqlAdapterFactory } from "@prisma/driver-adapter-utils";
import * as binding from "@prisma/schema-engine-wasm/schema_engine_bg";

/** What opens connections: an adapter's factory, as `new PrismaLibSql(…)` or `new PrismaPg(…)` make it. */
export type ConnectionFactory = Parameters<typeof bindMigrationAwareSqlAdapterFactory>[0];

let loaded: Promise<void> | undefined;

/**
 * Prisma's schema engine over an open adapter. It is the WASM build, which comes from the registry with the other
 * packages; the command line's own would be downloaded when it is first used.
 *
 * @param root the repository's root folder
 * @param schema in Prisma's language, where the engine is to read one
 */
export async function schemaEngine(
  root: string,
  factory: ConnectionFactory,
  schema?: string,
): Promise<binding.SchemaEngine> {
  loaded ??= load(root);
  await loaded;
  return binding.SchemaEngine.new(
    { datamodels: schema === undefined ? undefined : [["schema.prisma", schema]] },
    () => undefined, // its log, which repeats what it throws
    bindMigrationAwareSqlAdapterFactory(factory),
  );
}

async function load(root: string): Promise<void> {
  const file = join(root, "node_modules", "@prisma", "schema-engine-wasm", "schema_engine_bg.wasm");
  const imports = { "./schema_engine_bg.js": binding as unknown as WebAssembly.ModuleImports };
  const { instance } = await WebAssembly.instantiate(
    await readFile(/* turbopackIgnore: true */ file),
    imports,
  );
  binding.__wbg_set_wasm(instance.exports);
  (instance.exports.__wbindgen_start as () => void)();
}
