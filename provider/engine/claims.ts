import type { ResourceDefinition } from "./definition.ts";
import { UserError } from "./errors.ts";
import type { Owner } from "./records.ts";
import { tokensOf } from "./twins.ts";
import { nameOf, typeOf } from "./urn.ts";

/** Who still has an object once a resource let go of it. */
export interface Remaining {
  /** URNs of the resources that stand for it. */
  owners: readonly string[];
  /** A resource that was to become an owner of it, and failed. */
  failed: string | undefined;
}

/**
 * Which objects at Twilio belong to which resources of the program, as far as one run of the provider saw. Together
 * with what the stack recorded before (`Owner`) that tells whether anybody is left who needs an object.
 *
 * Owners are counted: a resource that takes its own place has an object twice, until the old half is deleted.
 */
export class Claims {
  readonly #objects = new Map<string, Seen>();
  readonly #said = new Set<string>();

  /** Notes whose an object is. Two resources of the program can't be the same one. */
  claim(definition: ResourceDefinition, id: string, urn: string): void {
    const seen = this.#seen(definition, id);
    const owner = seen.claimed ?? urn;
    if (owner !== urn) {
      const throughBoth = typeOf(owner) !== typeOf(urn);
      const by = throughBoth ? `, and "${nameOf(urn)}" would be it, too` : "";
      throw new UserError(
        `${id} is already "${nameOf(owner)}" of this program${by}.\n` +
          (throughBoth
            ? "Fix: declare it once, through Chat or through Conversations, which have one store; or give each a name of its own"
            : "Fix: declare it once, or give each a name of its own"),
      );
    }
    seen.claimed = urn;
  }

  /** Notes that a resource of the program has an object already. True where it was just imported. */
  hold(definition: ResourceDefinition, id: string, urn: string): boolean {
    this.claim(definition, id, urn);
    const seen = this.#seen(definition, id);
    const imported = seen.imported.delete(urn);
    if (imported) seen.taken.push(urn);
    else seen.held.add(urn);
    return imported;
  }

  /** Notes that an object was read for a resource that has none yet: what is compared with it next is imported. */
  imports(definition: ResourceDefinition, id: string, urn: string): void {
    this.#seen(definition, id).imported.add(urn);
  }

  /** Notes that this run made an object. */
  made(definition: ResourceDefinition, id: string, urn: string): void {
    this.claim(definition, id, urn);
    this.#forgetOthers(urn);
    this.#seen(definition, id).made.push(urn);
  }

  /** Notes that this run took an object over. */
  take(definition: ResourceDefinition, id: string, urn: string): void {
    this.claim(definition, id, urn);
    this.#forgetOthers(urn);
    this.#seen(definition, id).taken.push(urn);
  }

  /** Notes that taking an object over failed after all. */
  fail(definition: ResourceDefinition, id: string, urn: string): void {
    const seen = this.#seen(definition, id);
    withdraw(seen.taken, urn);
    seen.failed = urn;
  }

  /** Whether a resource of the program is known to be this one. */
  isClaimed(definition: ResourceDefinition, id: string): boolean {
    return this.#seen(definition, id).claimed !== undefined;
  }

  /** Whether this run made an object or took it over. */
  isTaken(definition: ResourceDefinition, id: string): boolean {
    const { made, taken } = this.#seen(definition, id);
    return made.length + taken.length > 0;
  }

  /** Notes that an object is about to be deleted for another: adoption must not take it for somebody else's. */
  replace(definition: ResourceDefinition, id: string): void {
    this.#seen(definition, id).replaced = true;
  }

  isReplaced(definition: ResourceDefinition, id: string): boolean {
    return this.#seen(definition, id).replaced;
  }

  /**
   * Lets go of an object for a resource that is being deleted, and tells who is left. In one step, so that of two
   * owners that are deleted at once exactly one is the last.
   *
   * @param recorded Who had it when the run began, if that is known.
   */
  release(
    definition: ResourceDefinition,
    id: string,
    urn: string,
    recorded: readonly Owner[] | undefined,
  ): Remaining {
    const seen = this.#seen(definition, id);
    seen.released.push(urn);
    if (recorded === undefined) {
      // What is deleted was in the state before, so it is not what this run took.
      const held = [...seen.held].filter((owner) => !seen.released.includes(owner));
      return { owners: [...held, ...seen.made, ...seen.taken], failed: seen.failed };
    }
    const owners = recorded.map((owner) => owner.urn);
    // The state may have been read after an object was made.
    owners.push(...seen.made.filter((one) => !owners.includes(one)), ...seen.taken);
    for (const gone of seen.released) {
      // An alias: the state knows the resource by its former name.
      if (withdraw(owners, gone)) continue;
      withdraw(
        owners,
        owners.find((owner) => owner !== seen.claimed && !seen.held.has(owner)),
      );
    }
    return { owners, failed: seen.failed };
  }

  /** Takes a release back: the object was not deleted. */
  keep(definition: ResourceDefinition, id: string, urn: string): void {
    withdraw(this.#seen(definition, id).released, urn);
  }

  /** The resource of the program that an object is, if that was seen. */
  nowOf(definition: ResourceDefinition, id: string): string | undefined {
    return this.#seen(definition, id).claimed;
  }

  /** Whether something is said for the first time in this run. */
  isNews(text: string): boolean {
    const news = !this.#said.has(text);
    this.#said.add(text);
    return news;
  }

  /** A resource that gets another object does not need the one it had. */
  #forgetOthers(urn: string): void {
    for (const { held } of this.#objects.values()) held.delete(urn);
  }

  /** The SID of a number names it in the account and in every pool it is in. */
  #seen(definition: ResourceDefinition, id: string): Seen {
    const key = `${tokensOf(definition)[0]} ${id}`;
    let seen = this.#objects.get(key);
    if (seen === undefined) {
      seen = {
        claimed: undefined,
        held: new Set(),
        imported: new Set(),
        made: [],
        taken: [],
        released: [],
        failed: undefined,
        replaced: false,
      };
      this.#objects.set(key, seen);
    }
    return seen;
  }
}

/** What one run saw of an object; URNs. */
interface Seen {
  claimed: string | undefined;
  held: Set<string>;
  imported: Set<string>;
  made: string[];
  taken: string[];
  released: string[];
  failed: string | undefined;
  replaced: boolean;
}

/** Takes one of a kind out of a list. */
function withdraw(list: string[], item: string | undefined): boolean {
  const index = item === undefined ? -1 : list.indexOf(item);
  if (index >= 0) list.splice(index, 1);
  return index >= 0;
}
