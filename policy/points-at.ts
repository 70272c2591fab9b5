import { leavesOf } from "./leaves.ts";
import type { PlannedResource } from "./planned.ts";
import { textOf } from "./unknown.ts";

/** Whether a property of a resource names another one: by its SID, and before there is one by what Pulumi says depends on what. */
export function pointsAt(from: PlannedResource, property: string, to: PlannedResource): boolean {
  if (from.dependsOn[property]?.includes(to.urn)) return true;
  const sid = textOf((to.properties as { sid?: unknown }).sid);
  const value = (from.properties as Record<string, unknown>)[property];
  return sid !== undefined && leavesOf(value).some(({ text }) => text === sid);
}
