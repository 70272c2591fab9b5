import type { Declared } from "../../rehearsal/record-program.ts";
import { sidOf } from "../../rehearsal/sid-of.ts";
import { Declarations } from "./declarations.ts";
import { awaitsSid, displayName, sidOfKnown, type KnownResource } from "./known-resource.ts";
import type { Subject } from "../changes/subject.ts";

/** What is known of the rest of the stack: names of SIDs, and who its workers are. */
export class Surroundings {
  readonly #names = new Map<string, string>();
  /** Names of resources without a SID yet, by type. */
  readonly #unborn = new Map<string, string[]>();
  /** Resources that get a SID, by what stands for it until then. */
  readonly #awaited: ReadonlyMap<string, readonly KnownResource[]>;
  readonly #resources: readonly KnownResource[];
  readonly #declarations: Declarations;

  /** @param declared What a rehearsal of the program gave; it tells which resource a value waits for. */
  constructor(resources: readonly KnownResource[], declared: readonly Declared[] = []) {
    this.#resources = resources;
    this.#declarations = new Declarations(declared, resources);
    this.#awaited = Map.groupBy(resources.filter(awaitsSid), ({ name }) => sidOf(name));
    for (const resource of resources) {
      const sid = sidOfKnown(resource);
      const name = displayName(resource);
      if (sid) this.#names.set(sid, this.#names.get(sid) ?? name);
      else this.#unborn.set(resource.type, [...(this.#unborn.get(resource.type) ?? []), name]);
    }
  }

  /** Resources of one type. */
  of(type: string): readonly KnownResource[] {
    return this.#resources.filter((resource) => resource.type === type);
  }

  /** What a person calls the resource with this SID: its name, else the SID. */
  nameOf(sid: string, type?: string): string {
    const names = new Set(this.#awaiting(sid, type).map(displayName));
    const [name] = names;
    if (name === undefined) return this.#names.get(sid) ?? sid;
    // Of several that have one name in the program, that name is all that is sure.
    return names.size === 1 ? name : sid.slice(sidOf("").length);
  }

  /** The name of a resource of this type whose SID nobody knows yet. */
  newNameOf(type: string): string {
    const unborn = this.#unborn.get(type) ?? [];
    const kind = /[^:]*$/.exec(type)?.[0] ?? type;
    return unborn.length === 1 ? (unborn[0] ?? kind) : `(a new ${kind})`;
  }

  /** Whether this stands for a SID that is known only after the update. */
  isAwaited(sid: string): boolean {
    return this.#awaited.has(sid);
  }

  /** Whether this is the SID of a resource, or stands for the one that it is to get. */
  isSidOf(sid: string, resource: KnownResource): boolean {
    return sid !== "" && (sid === sidOfKnown(resource) || sid === sidOf(resource.name));
  }

  /** `Billing (WQ…)`, `Billing (new)`; undefined for what is no SID of the stack. */
  describe(sid: string): string | undefined {
    const awaiting = this.#awaiting(sid);
    const name = this.nameOf(sid);
    if (awaiting.length > 0) return `${name} (${awaiting.every(sidOfKnown) ? "made anew" : "new"})`;
    return this.#names.has(sid) ? `${name} (${sid})` : undefined;
  }

  /** The SID that a resource of this type had which is made anew; for all others the SID itself. */
  formerSid(sid: string, type: string): string {
    const [resource] = this.#awaiting(sid, type);
    return (resource && sidOfKnown(resource)) ?? sid;
  }

  /** The subject with its unknown values filled in, as far as the program's declarations tell them. */
  complete(subject: Subject): Subject {
    return this.#declarations.complete(subject);
  }

  #awaiting(sid: string, type?: string): readonly KnownResource[] {
    return (this.#awaited.get(sid) ?? []).filter((resource) => type === undefined || resource.type === type);
  }
}
