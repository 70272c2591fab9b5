import { isJsonObject, type JsonObject } from "../../../../routing/index.ts";
import type { Task } from "./kinds.ts";

export function attributesOf(attributes: string): JsonObject {
  const parsed: unknown = JSON.parse(attributes);
  return isJsonObject(parsed) ? parsed : {};
}

/** Whether nothing more becomes of a task. */
export function isOver({ assignment_status: status }: Task): boolean {
  return status === "completed" || status === "canceled";
}

/** Whole seconds since a task was created. */
export function ageOf(created: number, now: number): number {
  return Math.floor((now - created) / 1000);
}
