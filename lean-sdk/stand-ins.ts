import { createRequire, registerHooks } from "node:module";
import { fileURLToPath } from "node:url";

/** What is loaded in the place of a module, until something of that is used. */
export interface StandIn {
  /** By which its file, `lazy/NAME.cts`, finds the module. */
  readonly name: string;
  /** What importers call the module. */
  readonly of: RegExp;
  /** URLs of these importers. */
  readonly from: RegExp;
}

const require = createRequire(import.meta.url);
const { places } = require("./lazy/lazily.cts") as { places: Map<string, string> };

/** Puts stand-ins in the place of modules, in this process, for all that is imported from now on. */
export function standIn(standIns: readonly StandIn[]): void {
  registerHooks({
    resolve(specifier, context, next) {
      const { parentURL = "" } = context;
      const found = next(specifier, context);
      const name = standIns.find(({ of, from }) => of.test(specifier) && from.test(parentURL))?.name;
      if (name === undefined) return found;
      if (!places.has(name)) places.set(name, fileURLToPath(found.url));
      const url = new URL(`lazy/${name}.cts`, import.meta.url).href;
      return { url, format: "commonjs-typescript", shortCircuit: true };
    },
  });
}
