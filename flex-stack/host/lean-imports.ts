import { createRequire, registerHooks } from "node:module";
import { fileURLToPath } from "node:url";

/**
 * Lets Pulumi's SDK load what it hardly ever uses when it first does, in the process that imports this: npm's
 * `arborist` and TypeScript, for functions that are put into the state, the debugger for the same, the Automation API,
 * and source maps. That is two thirds of what importing it takes, and half of the memory.
 *
 * `source-map-support` registers itself with the process: its stand-in looks for maps only where a stack has lines of a
 * compiled file.
 */
const standIns: readonly { name: string; file: string; of: RegExp; from: RegExp }[] = [
  { name: "arborist", file: "arborist.cts", of: /^@npmcli\/arborist$/, from: /@pulumi\/pulumi\/runtime\// },
  { name: "typescript", file: "typescript.cts", of: /\/typescript-shim$/, from: /@pulumi\/pulumi\// },
  { name: "automation", file: "automation.cts", of: /^\.\/automation$/, from: /@pulumi\/pulumi\/index\.js$/ },
  { name: "debuggable", file: "debuggable.cts", of: /\/debuggable$/, from: /@pulumi\/pulumi\// },
  { name: "log", file: "log.cts", of: /^(\.\.?\/)+log$/, from: /@pulumi\/pulumi\// },
  { name: "v8-hooks", file: "v8-hooks.cts", of: /\/v8Hooks$/, from: /@pulumi\/pulumi\// },
  {
    name: "source-maps",
    file: "source-maps.cts",
    of: /^source-map-support\/register$/,
    from: /@pulumi\/pulumi\/cmd\//,
  },
];

// What this process starts may be another Node.js, and is no program of Pulumi's.
const { NODE_OPTIONS: options } = process.env;
if (options !== undefined)
  process.env["NODE_OPTIONS"] = options.replace(`--import=${import.meta.url}`, "").trim();

const require = createRequire(import.meta.url);
const { places } = require("./lazy/lazily.cts") as { places: Map<string, string> };

registerHooks({
  resolve(specifier, context, next) {
    const { parentURL = "" } = context;
    const standIn = standIns.find(({ of, from }) => of.test(specifier) && from.test(parentURL));
    const found = next(specifier, context);
    if (standIn === undefined) return found;
    if (!places.has(standIn.name)) places.set(standIn.name, fileURLToPath(found.url));
    const url = new URL(`lazy/${standIn.file}`, import.meta.url).href;
    return { url, format: "commonjs-typescript", shortCircuit: true };
  },
});
