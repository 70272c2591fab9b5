import { checkInputs, formatPath, leaves, type Properties } from "../../provider/access.ts";
import { sharesName, type FoundAccount } from "./found-account.ts";
import type { Found } from "./found.ts";
import { removeProperty } from "./properties.ts";

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
export function declare(
  account: Pick<FoundAccount, "shared">,
  found: Found,
  why?: string,
): Declaration | Undeclarable {
  const { definition, withheld } = found;
  if (found.response["valid"] === false) return { found, why: "Twilio finds its definition invalid" };
  const inputs = structuredClone(found.inputs as Record<string, never>) as Properties;
  const kept = withheldNames(found);
  for (;;) {
    const [failure] = checkInputs(definition, inputs);
    if (failure === undefined) break;
    const path = failure.path.filter((part) => typeof part === "string").join(".");
    const leaf = leaves(definition).inputs.find(({ name }) => path === name || path.startsWith(`${name}.`));
    const optional = leaf !== undefined && leaf.field.required !== true && removeProperty(inputs, leaf.path);
    if (!optional) {
      const what = withheld.get(path);
      const reason = what === undefined ? failure.reason : `holds ${what}`;
      return { found, why: `${formatPath(failure.path)} ${reason}` };
    }
    kept.push(leaf.name);
  }
  const by = definition.life === "given" ? "nature" : sharesName(account, found) ? "sid" : "name";
  return { found, inputs, by, why, kept };
}

/** `smsUrl (it holds a URL with a password)` */
export function withheldNames({ withheld }: Found): string[] {
  return [...withheld].map(([name, what]) => `${name} (it holds ${what})`);
}
