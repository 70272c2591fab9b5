import { invalid } from "./errors.ts";

/** What a path leads to: a value per method, and the values of the path's parameters by name. */
export interface Match<T> {
  readonly template: string;
  readonly methods: ReadonlyMap<string, T>;
  /** @throws TwilioError 400 when a percent escape is broken */
  parameters(): Record<string, string>;
}

interface Leaf<T> {
  readonly template: string;
  readonly names: readonly string[];
  readonly methods: Map<string, T>;
}

interface Node<T> {
  readonly literals: Map<string, Node<T>>;
  /** Parameters with what follows them in the segment: `{Sid}.json` is a parameter with suffix `.json`. */
  readonly parameters: { readonly suffix: string; readonly node: Node<T> }[];
  leaf?: Leaf<T>;
}

/**
 * Finds what stands behind a path of OpenAPI templates. Unlike a web framework's router it also knows the
 * operations that are not implemented, so that 404, 405 and 501 come from the same table as the answers.
 */
export class Router<T> {
  readonly #root: Node<T> = newNode();

  /** @throws Error when the method already has a value at that template. */
  add(method: string, template: string, value: T): void {
    let node = this.#root;
    const names: string[] = [];
    for (const segment of template.split("/").slice(1)) {
      const [, name, suffix] = /^\{(\w+)\}(.*)$/.exec(segment) ?? [];
      if (name === undefined || suffix === undefined) {
        const next: Node<T> = node.literals.get(segment) ?? newNode();
        node.literals.set(segment, next);
        node = next;
      } else {
        names.push(name);
        let parameter = node.parameters.find((candidate) => candidate.suffix === suffix);
        if (parameter === undefined) {
          parameter = { suffix, node: newNode() };
          node.parameters.push(parameter);
          // The longest suffix first: `{Sid}.json` must not lose to `{Sid}`.
          node.parameters.sort((a, b) => b.suffix.length - a.suffix.length);
        }
        node = parameter.node;
      }
    }
    node.leaf ??= { template, names, methods: new Map() };
    if (node.leaf.methods.has(method)) throw new Error(`${method} ${template} is declared twice`);
    node.leaf.methods.set(method, value);
  }

  match(path: string): Match<T> | undefined {
    const values: string[] = [];
    const leaf = find(this.#root, path.split("/"), 1, values);
    if (leaf === undefined) return undefined;
    const { template, names, methods } = leaf;
    const parameters = (): Record<string, string> =>
      Object.fromEntries(names.map((name, index) => [name, decode(values[index] ?? "")]));
    return { template, methods, parameters };
  }

  entries(): { method: string; template: string; value: T }[] {
    const collect = (node: Node<T>): { method: string; template: string; value: T }[] => [
      ...[...(node.leaf?.methods ?? [])].map(([method, value]) => ({
        method,
        template: node.leaf?.template ?? "",
        value,
      })),
      ...[...node.literals.values(), ...node.parameters.map(({ node: next }) => next)].flatMap(collect),
    ];
    return collect(this.#root);
  }
}

function newNode<T>(): Node<T> {
  return { literals: new Map(), parameters: [] };
}

function find<T>(node: Node<T>, segments: string[], index: number, values: string[]): Leaf<T> | undefined {
  const segment = segments[index];
  if (segment === undefined) return node.leaf;
  const literal = node.literals.get(segment);
  if (literal !== undefined) {
    const leaf = find(literal, segments, index + 1, values);
    if (leaf !== undefined) return leaf;
  }
  for (const { suffix, node: next } of node.parameters) {
    if (segment.length <= suffix.length || !segment.endsWith(suffix)) continue;
    values.push(segment.slice(0, segment.length - suffix.length));
    const leaf = find(next, segments, index + 1, values);
    if (leaf !== undefined) return leaf;
    values.pop();
  }
  return undefined;
}

function decode(segment: string): string {
  if (!segment.includes("%")) return segment;
  try {
    return decodeURIComponent(segment);
  } catch {
    throw invalid(`The path segment ${segment.slice(0, 64)} has a broken percent escape`);
  }
}
