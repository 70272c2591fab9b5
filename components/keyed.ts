import * as pulumi from "@pulumi/pulumi";

/** Something made for each key of a map, e.g. a queue for each key of `queues`. */
export type Keyed<Value> = Readonly<Record<string, Value>>;

export function mapValues<In, Out>(values: Keyed<In>, change: (value: In, key: string) => Out): Keyed<Out> {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, change(value, key)]));
}

/** The SIDs of resources, by key. */
export function sidsOf(resources: Keyed<{ sid: pulumi.Output<string> }>): pulumi.Output<Keyed<string>> {
  return pulumi.output(mapValues(resources, (resource) => resource.sid));
}

/** What stands under `key`, or an error that says which keys there are; `usedBy` says where this one is from. */
export function pick<Value>(values: Keyed<Value>, key: string, what: string, usedBy: string): Value {
  const value = values[key];
  if (value !== undefined) return value;
  const known = Object.keys(values).join(", ") || "none";
  throw new pulumi.RunError(`There is no ${what} "${key}" in ${usedBy} (declared: ${known}).`);
}
