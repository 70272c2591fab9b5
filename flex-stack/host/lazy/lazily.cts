/** Where the modules are that a stand-in has taken the place of, by the name of the stand-in. */
const places = new Map<string, string>();

/** A module that is loaded when something of it is first used. */
function lazily(name: string): object {
  const real = (): object => require(places.get(name) ?? name) as object;
  // Importers that TypeScript compiled take a module as it is if it says that it is one, and copy all of it otherwise.
  return new Proxy(
    { __esModule: true },
    {
      get: (own, key) => (key in own ? Reflect.get(own, key) : Reflect.get(real(), key)),
      has: (own, key) => key in own || key in real(),
    },
  );
}

module.exports = { places, lazily };
