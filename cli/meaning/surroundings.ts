import { isUnknown } from "../changes/property-value.ts";
import type { Properties } from "./subject.ts";

/** A resource of the stack, whether it changes or not. */
export interface KnownResource {
  readonly type: string;
  readonly name: string;
  /** The provider's id, SIDs from the outermost parent; undefined for one that is not there yet. */
  readonly id: string | undefined;
  /** Its properties after the change, or those it had when it goes. */
  readonly properties: Properties;
}

/** What is known of the rest of the stack: names of SIDs, and who its workers are. */
export class Surroundings {
  readonly #names = new Map<string, string>();
  /** Names of resources without a SID yet, by type. */
  readonly #unborn = new Map<string, string[]>();
  readonly #resources: readonly KnownResource[];

  constructor(resources: readonly KnownResource[]) {
    this.#resources = resources;
    for (const resource of resources) {
      const sid = resource.id?.split("/").at(-1);
      const name = displayName(resource);
      if (sid && !isUnknown(sid)) this.#names.set(sid, this.#names.get(sid) ?? name);
      else this.#unborn.set(resource.type, [...(this.#unborn.get(resource.type) ?? []), name]);
    }
  }

  /** Resources of one type. */
  of(type: string): readonly KnownResource[] {
    return this.#resources.filter((resource) => resource.type === type);
  }

  /** What a person calls the resource with this SID: its name, else the SID. */
  nameOf(sid: string): string {
    return this.#names.get(sid) ?? sid;
  }

  /** The name of a resource of this type whose SID nobody knows yet. */
  newNameOf(type: string): string {
    const unborn = this.#unborn.get(type) ?? [];
    const kind = /[^:]*$/.exec(type)?.[0] ?? type;
    return unborn.length === 1 ? (unborn[0] ?? kind) : `(a new ${kind})`;
  }
}

/** Friendly name, else unique name, else the name in the program. */
function displayName({ properties, name }: KnownResource): string {
  for (const key of ["friendlyName", "uniqueName", "phoneNumber"]) {
    const value = properties[key];
    if (typeof value === "string" && value !== "" && !isUnknown(value)) return value;
  }
  return name;
}
