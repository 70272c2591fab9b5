import { leaves } from "../../provider/access.ts";
import type { Found } from "./found.ts";

/** The properties of a resource that are not defaults, dotted: `limits.channelMembers`. */
export function leavesOf({ definition, inputs }: Found): string[] {
  return leaves(definition)
    .inputs.filter(({ path }) => path.reduce<unknown>(step, inputs) !== undefined)
    .map(({ name }) => name);
}

function step(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null && Object.hasOwn(value, key)
    ? (value as Record<string, unknown>)[key]
    : undefined;
}
