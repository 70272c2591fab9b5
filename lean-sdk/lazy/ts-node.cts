const { dirname } = require("node:path") as typeof import("node:path");
const { lazily, realOf } = require("./lazily.cts") as {
  lazily(load: () => object, own: object): object;
  realOf(name: string): object;
};

interface TsNode {
  register(options: { compilerOptions?: { allowJs?: boolean } }): unknown;
}

type Handler = NodeJS.RequireExtensions[string];

const real = (): TsNode => realOf("ts-node") as TsNode;
const compiled = [".ts", ".tsx", ".cts", ".mts"];

/**
 * Stands in for `ts-node`, which loads the TypeScript compiler when it is registered, although a plugin or a policy pack may
 * be plain JavaScript: here the first file that is to be compiled has it registered.
 */
module.exports = lazily(real, {
  register(options: Parameters<TsNode["register"]>[0]): unknown {
    if (options.compilerOptions?.allowJs === true) return real().register(options);
    const { extensions } = require;
    const before = new Map(compiled.map((extension) => [extension, extensions[extension]]));
    for (const extension of compiled)
      extensions[extension] = (module, file) => {
        // A stand-in, which Node.js runs as it is.
        if (dirname(file) === __dirname) return (before.get(extension) ?? extensions[".js"])?.(module, file);
        for (const [one, handler] of before)
          if (handler === undefined) delete extensions[one];
          else extensions[one] = handler;
        real().register(options);
        (extensions[extension] ?? extensions[".js"])?.(module, file);
      };
    return undefined;
  },
});
