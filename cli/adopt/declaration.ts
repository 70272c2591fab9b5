import { checkInputs, formatPath, leaves, type Properties, type Value } from "../../provider/access.ts";
import { sharesName, type FoundAccount } from "./found-account.ts";
import type { Found } from "./found.ts";

/** A resource as a program declares it. */
export interface Declaration {
  readonly found: Found;
  /** What the program sets. */
  readonly inputs: Properties;
  /** How it is taken over: by its name, by its SID where the name is not its own, or because it is always there. */
  readonly by: "name" | "sid" | "nature";
  /** Why it is declared here and not in the configuration. */
  readonly why: string | undefined;
  /** Properties that the provider would refuse, so that they stay as they are without being declared. */
  readonly kept: readonly string[];
}

/** A resource that the provider would refuse as it is. */
export interface Undeclarable {
  readonly found: Found;
  readonly why: string;
}

/** How a program declares what was found, as it is. What the provider refuses is left out where it can be. */
export function declare(account: FoundAccount, found: Found, why?: string): Declaration | Undeclarable {
  const { definition } = found;
  const inputs = structuredClone(found.inputs as Record<string, never>) as Properties;
  const kept: string[] = [];
  for (;;) {
    const [failure] = checkInputs(definition, inputs);
    if (failure === undefined) break;
    const path = failure.path.filter((part) => typeof part === "string").join(".");
    const leaf = leaves(definition).inputs.find(({ name }) => path === name || path.startsWith(`${name}.`));
    const optional = leaf !== undefined && leaf.field.required !== true && remove(inputs, leaf.path);
    if (!optional) return { found, why: `${formatPath(failure.path)} ${failure.reason}` };
    kept.push(leaf.name);
  }
  const by = definition.life === "given" ? "nature" : sharesName(account, found) ? "sid" : "name";
  return { found, inputs, by, why, kept };
}

/** @returns false when there was nothing at the path */
function remove(values: Record<string, Value>, path: readonly string[]): boolean {
  const [key = "", ...rest] = path;
  const child = values[key];
  if (child === undefined) return false;
  if (rest.length > 0) {
    const inner = typeof child === "object" && child !== null && !Array.isArray(child) && remove(child, rest);
    if (inner && Object.keys(child).length === 0) delete values[key];
    return inner;
  }
  delete values[key];
  return true;
}
