import type { Failure, ResourceDefinition } from "./definition.ts";
import { kind } from "./id.ts";
import { nameOf } from "./urn.ts";
import { isKnown } from "./value.ts";
import type { Properties } from "./value.ts";

/** A resource of the program, as it was checked. */
interface Declared {
  definition: ResourceDefinition;
  urn: string;
  inputs: Properties;
}

/** What a program declares, to refuse one setting that two resources have, since Twilio stores it once. */
export class SharedSettings {
  readonly #declared = new Map<string, Declared>();

  note(declared: Declared): void {
    this.#declared.set(declared.urn, declared);
  }

  /** @param ownerOf The resource of the program that an object is, where that is known */
  check(one: Declared, ownerOf: (token: string, id: string) => string | undefined): Failure[] {
    const { shares } = one.definition;
    const id = shares && one.inputs[shares.of];
    if (shares === undefined || typeof id !== "string" || !isKnown(id)) return [];
    const owner = this.#declared.get(ownerOf(shares.token, id) ?? "");
    return owner?.definition.token === shares.token ? overlap(one, owner) : [];
  }

  /** The same, where it is known only later which object a resource is. */
  checkOwner(urn: string, id: string): Failure[] {
    const owner = this.#declared.get(urn);
    if (owner === undefined) return [];
    return [...this.#declared.values()]
      .filter(
        ({ definition: { shares }, inputs }) =>
          shares?.token === owner.definition.token && inputs[shares.of] === id,
      )
      .flatMap((one) => overlap(one, owner));
  }
}

/** Also where both say the same: the next change of one would be the other's drift, and each gives back what was there. */
function overlap(one: Declared, owner: Declared): Failure[] {
  return Object.entries(one.definition.shares?.fields ?? {}).flatMap(([own, other]) =>
    one.inputs[own] === undefined || owner.inputs[other] === undefined
      ? []
      : [
          {
            path: [own],
            reason:
              `is ${other} of ${owner.definition.token} "${nameOf(owner.urn)}" as well, since Chat and Conversations have ` +
              `one store; set it in one of the two only: remove it here, from the ${kind(one.definition)} ` +
              `"${nameOf(one.urn)}", or there`,
          },
        ],
  );
}
