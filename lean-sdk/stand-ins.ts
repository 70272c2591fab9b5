import Module, { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

/** What is loaded in the place of a CommonJS module, until something of that is used. */
export interface StandIn {
  /** By which its file, `lazy/NAME.cts`, finds the module. */
  readonly name: string;
  /** What importers call the module. */
  readonly of: RegExp;
  /** Paths of these importers, which are CommonJS too, with slashes. */
  readonly from: RegExp;
}

/** How CommonJS finds files. Not in the documentation of Node.js, which keeps it for those who replace it. */
interface Finder {
  _resolveFilename(
    request: string,
    parent: { filename?: string | null } | undefined,
    ...rest: unknown[]
  ): string;
}

const require = createRequire(import.meta.url);
const { places } = require("./lazy/lazily.cts") as { places: Map<string, string> };

/**
 * Puts stand-ins in the place of modules, in this process, for all that is required from now on.
 *
 * Not by `registerHooks`: with it, each module of the process is found and loaded by its slower way, which costs a fifth
 * of what a program takes to load.
 */
export function standIn(standIns: readonly StandIn[]): void {
  const finder = Module as unknown as Finder;
  const find = finder._resolveFilename;
  finder._resolveFilename = function (request, parent, ...rest) {
    const found = find.call(this, request, parent, ...rest);
    const importer = parent?.filename?.replaceAll("\\", "/") ?? "";
    const name = standIns.find(({ of, from }) => of.test(request) && from.test(importer))?.name;
    if (name === undefined) return found;
    if (!places.has(name)) places.set(name, found);
    return fileURLToPath(new URL(`lazy/${name}.cts`, import.meta.url));
  };
}
