import { isJsonObject, type JsonObject } from "../../../../routing/index.ts";

export function attributesOf(attributes: string): JsonObject {
  const parsed: unknown = JSON.parse(attributes);
  return isJsonObject(parsed) ? parsed : {};
}

/** Whole seconds since a task was created. */
export function ageOf(created: number, now: number): number {
  return Math.floor((now - created) / 1000);
}
