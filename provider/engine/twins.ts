import type { Failure, ResourceDefinition } from "./definition.ts";
import { kind } from "./id.ts";
import { nameOf } from "./urn.ts";
import { isKnown } from "./value.ts";
import type { Properties } from "./value.ts";

/** The tokens under which a stack may have a thing. */
export function tokensOf({ token, twin }: Pick<ResourceDefinition, "token" | "twin">): string[] {
  return twin === undefined ? [token] : [token, twin.token].sort();
}

/** What is recorded of a thing, by the names of this definition, also where it was recorded by the other API's. */
export function inOwnNames<T extends { state: Properties; inputs: Properties }>(
  { twin }: ResourceDefinition,
  recorded: T,
): T {
  if (twin === undefined) return recorded;
  return { ...recorded, state: twin.translate(recorded.state), inputs: twin.translate(recorded.inputs) };
}

/** Every resource can have them, whatever it is. */
const everywhere: readonly string[] = ["adopt", "deleteAdopted"];

/** Settings that the other API's resource made, and that this one has no word for: they stay as they are at Twilio. */
export function leftBehind(
  { twin, parents, inputs }: Pick<ResourceDefinition, "twin" | "parents" | "inputs">,
  recorded: Properties,
): string[] {
  if (twin === undefined) return [];
  const own = new Set([...Object.keys(parents), ...Object.keys(inputs), ...everywhere]);
  return Object.keys(recorded).filter((name) => !own.has(name) && !name.startsWith("__"));
}

/** What a program declares of things that two APIs have, to refuse one that is declared through both. */
export class Twins {
  readonly #declared = new Map<string, string>();

  /** @param other The definition of the twin */
  check(
    definition: ResourceDefinition,
    other: ResourceDefinition | undefined,
    urn: string,
    inputs: Properties,
  ): Failure[] {
    const { twin } = definition;
    const own = keyOf(definition, inputs);
    if (twin === undefined || other?.twin === undefined || own === undefined) return [];
    this.#declared.set(own, urn);
    const found = this.#declared.get(keyOf(other, other.twin.translate(inputs)) ?? "");
    if (found === undefined) return [];
    return [
      {
        path: [twin.sameBy[0]!],
        reason:
          `makes this the same ${kind(definition)} as ${twin.token} "${nameOf(found)}", since Chat and Conversations have ` +
          `one store; declare it through one of the two only: remove ${twin.token} "${nameOf(found)}" or ` +
          `${definition.token} "${nameOf(urn)}", or give them different names if two are meant`,
      },
    ];
  }
}

/** Nothing where a part of it is not known yet. */
function keyOf({ token, parents, twin }: ResourceDefinition, inputs: Properties): string | undefined {
  const values = [...Object.keys(parents), ...(twin?.sameBy ?? [])].map((name) => inputs[name]);
  return values.every((value) => typeof value === "string" && isKnown(value))
    ? JSON.stringify([token, ...values])
    : undefined;
}
