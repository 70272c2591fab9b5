const { createRequire } = require("node:module") as typeof import("node:module");
const { lazily, places, realOf } = require("./lazily.cts") as {
  lazily(load: () => object, own: object): object;
  places: ReadonlyMap<string, string>;
  realOf(name: string): object;
};

const { version } = createRequire(places.get("typescript") ?? __filename)("typescript/package.json") as {
  version: string;
};

/** Stands in for the TypeScript compiler where only its version is asked for. */
module.exports = lazily(() => realOf("typescript"), { version });
