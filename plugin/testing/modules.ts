// Flex UI exports no way to give it clients of one's own. Its bundler starts each of its modules with the function that
// knows all modules; this has to run before the bundle does.

type Require = ((id: unknown) => unknown) & {
  readonly c: Readonly<Record<string, { readonly exports: unknown }>>;
};

const requires = new Set<Require>();
const { call } = Function.prototype;

Function.prototype.call = function (this: () => unknown, ...values: unknown[]): unknown {
  const [self, , , require] = values;
  if (values.length === 4 && typeof require === "function" && "c" in require)
    requires.add(require as Require);
  return Reflect.apply(this, self, values.slice(1));
};

/** Everything there is to know is known when the bundle has run. */
export function stopCapturing(): void {
  Function.prototype.call = call;
}

/** The module of the bundle that exports these names. */
export function capturedModule<Exports>(...names: string[]): Exports {
  for (const { c: modules } of requires)
    for (const { exports } of Object.values(modules))
      if (isRecord(exports) && names.every((name) => ownValue(exports, name) !== undefined))
        return exports as Exports;
  throw new Error(`Flex UI has no module with ${names.join(", ")}.`);
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null;

/** Left out are re-exports, which may be of another kind. */
const ownValue = (exports: object, name: string): unknown =>
  Object.getOwnPropertyDescriptor(exports, name)?.value;
