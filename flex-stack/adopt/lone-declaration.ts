import type { Response } from "../../provider/access.ts";
import { declare } from "./declaration.ts";
import { definitionOf, found, type Found } from "./found.ts";
import { unused } from "./names.ts";
import { callOf, namesOf } from "./program.ts";

/** What Twilio has, of which nothing else is known. */
export interface Lone {
  /** Pulumi's type token. */
  readonly type: string;
  /** The provider's id: SIDs from the outermost parent, `WS…/WQ…`. */
  readonly id: string;
  /** As Twilio answered. */
  readonly response: Response;
}

/**
 * TypeScript by which a program takes over one thing as it is, with the SIDs of what it is in.
 *
 * @param taken Names of the program's resources, in small letters; the one that is given is added.
 * @returns the code, or why the provider would refuse it
 */
export function declarationCode(
  { type, id, response }: Lone,
  taken: Set<string>,
): { readonly code: string; readonly left: readonly string[] } | { readonly why: string } {
  const definition = definitionOf(type);
  const sids = id.split("/");
  const parents = Object.keys(definition.parents).map((name, index) => [name, sids[index] ?? ""]);
  const one = {
    ...found({ accountSid: "", parents: Object.fromEntries(parents) }, definition, response),
    id,
  };
  // Others may have its name, where Twilio does not see to it that none has.
  const declared = declare({ shared: new Set(isNamedAlone(one) ? [] : [id]) }, one);
  if ("why" in declared && !("inputs" in declared)) return { why: declared.why };
  const name = unused(namesOf(declared, new Set()).name, taken);
  const code = callOf(declared, name, { protect: false, reference: () => undefined, indent: "" });
  return { code, left: declared.kept };
}

function isNamedAlone({ definition, inputs }: Found): boolean {
  const key = definition.keys?.find((one) => one.inputs.every((input) => Boolean(inputs[input])));
  return key !== undefined && key.unique !== false;
}
