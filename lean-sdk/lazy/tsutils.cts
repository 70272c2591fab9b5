const { createRequire } = require("node:module") as typeof import("node:module");
const { existsSync } = require("node:fs") as typeof import("node:fs");
const { lazily, places, realOf } = require("./lazily.cts") as {
  lazily(load: () => object, own: object): object;
  places: ReadonlyMap<string, string>;
  realOf(name: string): object;
};

interface TsUtils {
  typeScriptRequireStrings(): { typescriptRequire: string; tsnodeRequire: string };
  loadTypeScriptCompilerOptions(file: string): object;
}

const real = (): TsUtils => realOf("tsutils") as TsUtils;

/** Stands in for how Pulumi finds a TypeScript compiler, which loads it to see whether it is there. */
module.exports = lazily(real, {
  typeScriptRequireStrings(): ReturnType<TsUtils["typeScriptRequireStrings"]> {
    const found = createRequire(places.get("tsutils") ?? __filename);
    try {
      found.resolve("typescript");
      found.resolve("ts-node");
    } catch {
      return real().typeScriptRequireStrings();
    }
    return { typescriptRequire: "typescript", tsnodeRequire: "ts-node" };
  },
  loadTypeScriptCompilerOptions: (file: string): object =>
    existsSync(file) ? real().loadTypeScriptCompilerOptions(file) : {},
});
