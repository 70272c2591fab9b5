import { isUnknown } from "../values/property-value.ts";
import type { Properties } from "../changes/subject.ts";

/** A resource of the stack, whether it changes or not. */
export interface KnownResource {
  readonly type: string;
  readonly name: string;
  /** The provider's id, SIDs from the outermost parent; undefined for one that is not there yet. */
  readonly id: string | undefined;
  /** Its properties after the change, or those it had when it goes. */
  readonly properties: Properties;
  /** `remade`: `id` is what it had, it gets another. `gone`: nothing refers to it any more. @default it stays */
  readonly fate?: "remade" | "gone" | undefined;
}

/** The resource's own SID, as it is or was; undefined for one that is not there yet. */
export function sidOfKnown({ id }: KnownResource): string | undefined {
  const sid = id?.split("/").at(-1);
  return sid && !isUnknown(sid) ? sid : undefined;
}

/** Whether its SID is known only after the update. */
export function awaitsSid(resource: KnownResource): boolean {
  return resource.fate === "remade" || (resource.fate !== "gone" && sidOfKnown(resource) === undefined);
}

/** Friendly name, else unique name, else the name in the program. */
export function displayName({ properties, name }: KnownResource): string {
  for (const key of ["friendlyName", "uniqueName", "phoneNumber", "address"]) {
    const value = properties[key];
    if (typeof value === "string" && value !== "" && !isUnknown(value)) return value;
  }
  return name;
}
