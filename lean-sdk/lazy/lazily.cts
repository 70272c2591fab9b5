/** Where the modules are that a stand-in has taken the place of, by the name of the stand-in. */
const places = new Map<string, string>();

/**
 * A module that is loaded when something of it is first used. It stays the same object while modules import each other
 * in a circle.
 *
 * @param own What the stand-in has in place of the module's own.
 */
function lazily(load: () => object, own: object = {}): object {
  let loaded: object | undefined;
  const real = (): object => (loaded ??= load());
  // Importers that TypeScript compiled take a module as it is if it says that it is one, and copy all of it otherwise.
  return new Proxy(
    { __esModule: true, ...own },
    {
      get: (target, key) => (key in target ? Reflect.get(target, key) : Reflect.get(real(), key)),
      has: (target, key) => key in target || key in real(),
    },
  );
}

/** The real module of a stand-in. */
function realOf(name: string): object {
  return require(places.get(name) ?? name) as object;
}

module.exports = { places, lazily, realOf };
