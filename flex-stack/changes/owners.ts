import type { StepEventMetadata } from "@pulumi/pulumi/automation/index.js";
import type { DeployedResource } from "../state/deployment.ts";

/** A resource of a stack that has an object at Twilio. */
export interface Owner {
  readonly urn: string;
  /** Pulumi refuses to delete it. */
  readonly protect: boolean;
}

/** What the state holds before a plan. */
export interface RecordedOwners {
  readonly deployed: readonly DeployedResource[];
  /** The plan works on some of it, and the engine does not mention the rest, which stays. */
  readonly partial: boolean;
}

/** What names an object at Twilio: Pulumi's type, and the SIDs that the provider puts together. */
export interface OwnedObject {
  readonly urn: string;
  readonly type: string;
  readonly id?: string | undefined;
}

/** After these a resource has an object. */
const having: ReadonlySet<string> = new Set([
  "same",
  "create",
  "update",
  "import",
  "create-replacement",
  "import-replacement",
]);

/**
 * Which resource of a stack has which object, before and after a plan. An object that goes under one name and is had
 * under another stays: it only changes its name.
 */
export class Owners {
  /** Those that have an object, by object and URN. */
  readonly #has = new Map<string, Map<string, Owner>>();
  /** URNs under which an object goes, by object. */
  readonly #goes = new Map<string, Set<string>>();

  /** Resources of the state, by object. */
  readonly #had: ReadonlyMap<string | undefined, readonly DeployedResource[]>;

  constructor({ deployed, partial }: RecordedOwners = { deployed: [], partial: false }) {
    const custom = deployed.filter((resource) => resource.custom);
    this.#had = Map.groupBy(custom, keyOf);
    if (!partial) return;
    for (const resource of custom) this.#note(resource, resource);
  }

  observe({ urn, type, op, old: before, new: after }: StepEventMetadata): void {
    if (op === "delete") {
      const key = keyOf({ urn, type, id: before?.id });
      if (key === undefined) return;
      this.#goes.set(key, (this.#goes.get(key) ?? new Set()).add(urn));
      this.#has.get(key)?.delete(urn);
    } else if (having.has(op) && after?.custom === true) {
      this.#note({ urn, type, id: after.id || before?.id }, { urn, protect: after.protect === true });
    }
  }

  /** Another resource that has the object after the plan. */
  heirOf(object: OwnedObject): Owner | undefined {
    const owners = this.#has.get(keyOf(object) ?? "")?.values() ?? [];
    return [...owners].find(({ urn }) => urn !== object.urn);
  }

  /** The other names under which the object goes. */
  othersGoing(object: OwnedObject): string[] {
    return [...(this.#goes.get(keyOf(object) ?? "") ?? [])].filter((urn) => urn !== object.urn);
  }

  /** What has the object in the state, under another name and not under this one. */
  formerOf(object: OwnedObject): DeployedResource | undefined {
    const key = keyOf(object);
    const had = key === undefined ? [] : (this.#had.get(key) ?? []);
    return had.some(({ urn }) => urn === object.urn) ? undefined : had[0];
  }

  #note(object: OwnedObject, owner: Owner): void {
    const key = keyOf(object);
    if (key === undefined) return;
    this.#has.set(key, (this.#has.get(key) ?? new Map<string, Owner>()).set(owner.urn, owner));
  }
}

/** Of Conversations' types those that Chat has as well: both are the same object, in one store. */
const twins: ReadonlyMap<string, string> = new Map(
  ["Service", "Role", "User"].map((kind) => [`twilio:conversations:${kind}`, `twilio:chat:${kind}`]),
);

/** Undefined for what is not there yet, and for providers and the stack: nothing at Twilio stands for them. */
function keyOf({ type, id }: OwnedObject): string | undefined {
  return id && !type.startsWith("pulumi:") ? `${twins.get(type) ?? type} ${id}` : undefined;
}
