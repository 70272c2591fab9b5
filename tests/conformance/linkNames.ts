import { operations } from "./openapi.ts";
import type { Product, Schema } from "./openapi.ts";

/** Name of a link → whether every example has it. */
export type LinkNames = ReadonlyMap<string, boolean>;

const known = new Map<Product, ReadonlyMap<string, LinkNames>>();

/**
 * The names in a map of links, such as `links` of `taskrouter.v1.workspace`: the documents' schemas leave them open,
 * their examples show them. Undefined when no example has the map.
 */
export function linkNames(product: Product, schema: string, property: string): LinkNames | undefined {
  let names = known.get(product);
  if (names === undefined) known.set(product, (names = readLinkNames(product)));
  return names.get(`${schema} ${property}`);
}

function readLinkNames(product: Product): ReadonlyMap<string, LinkNames> {
  const found = new Map<string, Set<string>[]>();
  const visit = (schema: Schema | undefined, value: unknown): void => {
    if (Array.isArray(value)) for (const item of value) visit(schema?.items, item);
    else if (typeof value === "object" && value !== null) {
      for (const [name, child] of Object.entries(value)) {
        const property = schema?.properties?.[name];
        visit(property, child);
        if (property?.format !== "uri-map" || schema?.name === undefined || child === null) continue;
        const key = `${schema.name} ${name}`;
        found.set(key, [...(found.get(key) ?? []), new Set(Object.keys(child as object))]);
      }
    }
  };
  for (const { responses } of operations(product)) {
    for (const { schema, examples } of responses.values()) {
      for (const example of Object.values(examples)) visit(schema, example);
    }
  }
  return new Map(
    [...found].map(([key, examples]) => {
      const names = new Set(examples.flatMap((example) => [...example]));
      return [key, new Map([...names].map((name) => [name, examples.every((example) => example.has(name))]))];
    }),
  );
}
