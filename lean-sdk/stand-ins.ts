import Module, { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

/** A CommonJS module that is loaded when something of it is used, and not before. */
export interface StandIn {
  /**
   * Set where something of the module's is replaced, or used at once: `lazy/NAME.cts` is loaded in its place, and finds the
   * module by this name.
   */
  readonly name?: string;
  /** What importers call the module. */
  readonly of: RegExp;
  /** Paths of these importers, which are CommonJS too, with slashes. */
  readonly from: RegExp;
}

type Importer = { readonly filename?: string | null } | undefined;

/** How CommonJS finds and loads files. Not in the documentation of Node.js, which keeps it for those who replace it. */
interface Loader {
  _resolveFilename(request: string, importer: Importer, ...rest: unknown[]): string;
  _load(request: string, importer: Importer, ...rest: unknown[]): unknown;
}

const require = createRequire(import.meta.url);
const { lazily, places } = require("./lazy/lazily.cts") as {
  lazily(load: () => object): object;
  places: Map<string, string>;
};

/**
 * Puts stand-ins in the place of modules, in this process, for all that is required from now on.
 *
 * Not by `registerHooks`: with it, each module of the process is found and loaded by a slower way, which costs a fifth of
 * what a program takes to load.
 */
export function standIn(standIns: readonly StandIn[]): void {
  const loader = Module as unknown as Loader;
  const { _resolveFilename: find, _load: load } = loader;
  const whole = standIns.filter(({ name }) => name === undefined);
  const replaced = standIns.filter(({ name }) => name !== undefined);
  const modules = new Map<string, object>();
  loader._resolveFilename = function (request, importer, ...rest) {
    const found = find.call(this, request, importer, ...rest);
    const name = standsFor(replaced, request, importer)?.name;
    if (name === undefined) return found;
    if (!places.has(name)) places.set(name, found);
    return fileURLToPath(new URL(`lazy/${name}.cts`, import.meta.url));
  };
  loader._load = function (request, importer, ...rest) {
    if (standsFor(whole, request, importer) === undefined) return load.call(this, request, importer, ...rest);
    const file = find.call(this, request, importer);
    let module = modules.get(file);
    if (module === undefined)
      modules.set(file, (module = lazily(() => load.call(this, file, importer) as object)));
    return module;
  };
}

function standsFor(standIns: readonly StandIn[], request: string, importer: Importer): StandIn | undefined {
  return standIns.find(
    ({ of, from }) => of.test(request) && from.test(importer?.filename?.replaceAll("\\", "/") ?? ""),
  );
}
