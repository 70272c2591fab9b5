import { isObject, isUnknown, parsedJson } from "../values/property-value.ts";
import { compileSource, ExpressionError, isSwitchedOff, type JsonObject } from "../../routing/index.ts";
import type { Properties } from "../changes/subject.ts";
import type { KnownResource } from "./known-resource.ts";
import type { Surroundings } from "./surroundings.ts";

/** What Twilio takes for a queue without an expression. */
export const everyone = "1==1";

const workerType = "twilio:taskrouter:Worker";

/** The stack's workers after the change. One that is gone serves nobody. */
function workersOf(surroundings: Surroundings): readonly KnownResource[] {
  return surroundings.of(workerType).filter(({ fate }) => fate !== "gone");
}

/** Names of the stack's workers for whom an expression holds; undefined when it is none. */
export function membersOf(source: string, surroundings: Surroundings): string[] | undefined {
  const { test } = compiled(source) ?? {};
  if (!test) return undefined;
  return workersOf(surroundings)
    .filter(({ properties }) => fits(properties, test))
    .map(workerName);
}

/** Whether an expression is off, as `1==0` is: that nobody serves the queue is meant. */
export function isOff(source: string): boolean {
  const { tree } = compiled(source) ?? {};
  return tree !== undefined && isSwitchedOff(tree);
}

/**
 * Whether nobody of the stack's workers serves a queue. A stack without workers of its own knows none of those who may;
 * nor does one with a worker of whom nobody knows the attributes yet.
 */
export function isUnserved(source: string, surroundings: Surroundings): boolean {
  const workers = workersOf(surroundings);
  const known = workers.every(({ properties }) => attributesOf(properties) !== undefined);
  return workers.length > 0 && known && membersOf(source, surroundings)?.length === 0;
}

/** Whether a worker with these properties serves a queue with this expression. */
export function serves(worker: Properties, source: string): boolean {
  const { test } = compiled(source) ?? {};
  return test !== undefined && fits(worker, test);
}

/** The expression of a queue; undefined where nobody knows it. */
export function expressionOf(queue: Properties): string | undefined {
  const source = queue["targetWorkers"] ?? everyone;
  return typeof source === "string" && !isUnknown(source) ? source : undefined;
}

function workerName({ name, properties }: KnownResource): string {
  const friendlyName = properties["friendlyName"];
  return typeof friendlyName === "string" && !isUnknown(friendlyName) ? friendlyName : name;
}

function fits(worker: Properties, test: (attributes: JsonObject) => boolean): boolean {
  const attributes = attributesOf(worker);
  return attributes !== undefined && test(attributes as JsonObject);
}

function attributesOf(worker: Properties): object | undefined {
  const attributes = parsedJson(worker["attributes"] ?? {});
  return isObject(attributes) ? attributes : undefined;
}

function compiled(source: string) {
  if (isUnknown(source)) return undefined;
  try {
    return compileSource(source);
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    return undefined;
  }
}
