/**
 * Changes the arguments of a child just before it is made, for the rare setting that a component does
 * not offer: an object is merged last, a function gets the arguments and the child's key and returns
 * what to use instead.
 */
export type Transform<Args extends object> = Partial<Args> | ((args: Args, key: string) => Args);

export function transformed<Args extends object>(
  args: Args,
  transform: Transform<Args> | undefined,
  key: string,
): Args {
  return typeof transform === "function" ? transform(args, key) : { ...args, ...transform };
}

/** `args` with the defaults of what is left out or undefined. */
export function withDefaults<Args extends object, Defaults extends Partial<Args>>(
  args: Args,
  defaults: Defaults,
): Args & Defaults {
  const set = Object.entries(args).filter(([, value]) => value !== undefined);
  return { ...defaults, ...Object.fromEntries(set) } as Args & Defaults;
}
