import type { ResourceDefinition } from "./definition.ts";
import { UserError } from "./errors.ts";

/** Which resources at Twilio belong to which of the program, as far as one run of the provider saw. */
export class Claims {
  /** URNs by resource at Twilio. */
  readonly #owners = new Map<string, string>();
  readonly #taken = new Set<string>();
  readonly #replaced = new Set<string>();

  /** Notes whose a resource is. Two of the program can't be the same one. */
  claim(definition: ResourceDefinition, id: string, urn: string): void {
    const key = keyOf(definition, id);
    const owner = this.#owners.get(key) ?? urn;
    if (owner !== urn) {
      throw new UserError(
        `${id} is already "${owner.slice(owner.lastIndexOf("::") + 2)}" of this program.\n` +
          "Fix: declare it once, or give each a name of its own",
      );
    }
    this.#owners.set(key, urn);
  }

  /** Notes that this run created a resource or took it over, so that nothing of it is to be deleted. */
  take(definition: ResourceDefinition, id: string, urn: string): void {
    this.claim(definition, id, urn);
    this.#taken.add(keyOf(definition, id));
  }

  /** Whether a resource of the program is known to be this one. */
  isClaimed(definition: ResourceDefinition, id: string): boolean {
    return this.#owners.has(keyOf(definition, id));
  }

  isTaken(definition: ResourceDefinition, id: string): boolean {
    return this.#taken.has(keyOf(definition, id));
  }

  /** Notes that a resource is about to be deleted for another: adoption must not take it for somebody else's. */
  replace(definition: ResourceDefinition, id: string): void {
    this.#replaced.add(keyOf(definition, id));
  }

  isReplaced(definition: ResourceDefinition, id: string): boolean {
    return this.#replaced.has(keyOf(definition, id));
  }
}

/** The SID of a number names it in the account and in every pool it is in. */
const keyOf = ({ token }: ResourceDefinition, id: string): string => `${token} ${id}`;
