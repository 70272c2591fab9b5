import type { Found } from "./found.ts";

/** Something that the configuration of a stack has no words for; the message says what. */
export class Inexpressible extends Error {
  override readonly name = "Inexpressible";
}

/** A resource with the key it has in the configuration. */
export interface Keyed {
  readonly key: string;
  readonly found: Found;
}

/**
 * What of an account goes into the configuration of a stack. It starts with everything; what the configuration can't
 * say as it is, or its checks refuse, is left out with the reason.
 */
export class Fit {
  readonly #left = new Map<string, string>();
  readonly #covered = new Map<Found, readonly string[]>();

  /** Leaves out what stands at a path, such as `routing.queues.billing`. @returns false when it was left out before */
  leave(path: string, why: string): boolean {
    if (this.#left.has(path)) return false;
    this.#left.set(path, why);
    return true;
  }

  /** Why something is left out; undefined when it is not. */
  whyLeft(path: string): string | undefined {
    return this.#left.get(path);
  }

  /** Everything that is left out, by path. */
  get left(): ReadonlyMap<string, string> {
    return this.#left;
  }

  /** Resources in the configuration, each with the properties that it says. */
  get covered(): ReadonlyMap<Found, readonly string[]> {
    return this.#covered;
  }

  /** Starts the configuration again, without what is left out. */
  restart(): void {
    this.#covered.clear();
  }

  cover(found: Found, properties: readonly string[]): void {
    this.#covered.set(found, properties);
  }

  /** The settings of resources by key, without those that are left out. */
  entries<Settings extends object>(
    path: string,
    resources: readonly Keyed[],
    properties: readonly string[],
    settings: (found: Found, key: string) => Settings,
  ): Record<string, Settings> {
    const kept = resources.flatMap(({ key, found }): [string, Settings][] => {
      const at = `${path}.${key}`;
      if (this.#left.has(at)) return [];
      try {
        const value = settings(found, key);
        this.cover(found, properties);
        return [[key, value]];
      } catch (error) {
        if (!(error instanceof Inexpressible)) throw error;
        this.leave(at, error.message);
        return [];
      }
    });
    return Object.fromEntries(kept);
  }

  /** Properties of a resource as settings of the same names, without those that are left out. */
  settings(path: string, { inputs }: Found, properties: readonly string[]): Record<string, unknown> {
    const set = properties.filter(
      (property) => inputs[property] !== undefined && !this.#left.has(`${path}.${property}`),
    );
    return Object.fromEntries(set.map((property) => [property, inputs[property]]));
  }
}

/** Refuses what shares its name: components find by name. */
export function requireOwnName(found: Found, shared: ReadonlySet<string>): void {
  if (shared.has(found.id))
    throw new Inexpressible("others have the same name, so only its SID tells it apart");
}
