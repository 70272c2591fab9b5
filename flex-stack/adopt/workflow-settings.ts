import type { Json, Value } from "../../provider/access.ts";
import { Inexpressible } from "./fit.ts";

/** Twilio's name of each setting of a target, and the configuration's. */
const targetSettings = new Map([
  ["queue", "queue"],
  ["expression", "expression"],
  ["priority", "priority"],
  ["timeout", "timeout"],
  ["order_by", "orderBy"],
  ["skip_if", "skipIf"],
  ["known_worker_sid", "knownWorkerSid"],
  ["known_worker_friendly_name", "knownWorkerFriendlyName"],
]);

/** Finds the key of a queue by its SID. */
export type QueueKey = (sid: string) => string | undefined;

/**
 * The rules of a workflow in the words of the configuration. Exactly what the components make Twilio's document of
 * again: what they would write otherwise is refused.
 *
 * @throws Inexpressible with the place in the document
 */
export function workflowRules(configuration: Value | undefined, queueKey: QueueKey): object {
  const document = record(configuration, "configuration");
  only(document, "configuration", ["task_routing"]);
  const routing = record(document["task_routing"], "task_routing");
  only(routing, "task_routing", ["filters", "default_filter"]);
  const filters = list(routing["filters"], "filters").map((filter, index) =>
    filterRules(filter, `filters[${index}]`, queueKey),
  );
  const rules = filters.length > 0 ? { filters } : {};
  if (routing["default_filter"] === undefined) return rules;
  const fallback = record(routing["default_filter"], "default_filter");
  only(fallback, "default_filter", ["queue"]);
  return { ...rules, defaultQueue: queue(fallback["queue"], "default_filter.queue", queueKey) };
}

function filterRules(value: Json, path: string, queueKey: QueueKey): object {
  const filter = record(value, path);
  only(filter, path, ["filter_friendly_name", "expression", "targets"]);
  return {
    friendlyName: text(filter["filter_friendly_name"], `${path}.filter_friendly_name`),
    expression: text(filter["expression"], `${path}.expression`),
    targets: list(filter["targets"], `${path}.targets`).map((target, index) =>
      targetRules(target, `${path}.targets[${index}]`, queueKey),
    ),
  };
}

function targetRules(value: Json, path: string, queueKey: QueueKey): object {
  const target = record(value, path);
  only(target, path, [...targetSettings.keys()]);
  const settings = [...targetSettings].flatMap(([key, setting]) => {
    const own = target[key];
    if (own === undefined) return [];
    const at = `${path}.${key}`;
    if (key === "queue") return [[setting, queue(own, at, queueKey)]];
    if (key === "timeout" || key === "priority") return [[setting, number(own, at)]];
    return [[setting, text(own, at)]];
  });
  return Object.fromEntries(settings) as object;
}

function queue(value: Json | undefined, path: string, queueKey: QueueKey): string {
  const sid = text(value, path);
  const key = queueKey(sid);
  if (key === undefined) throw new Inexpressible(`${path} is ${sid}, no queue of the configuration`);
  return key;
}

function record(value: unknown, path: string): Record<string, Json> {
  if (typeof value === "object" && value !== null && !Array.isArray(value))
    return value as Record<string, Json>;
  throw new Inexpressible(`${path} is ${value === undefined ? "missing" : "no object"}`);
}

function list(value: Json | undefined, path: string): Json[] {
  if (Array.isArray(value)) return value;
  throw new Inexpressible(`${path} is ${value === undefined ? "missing" : "no list"}`);
}

function text(value: Json | undefined, path: string): string {
  if (typeof value === "string" && value !== "") return value;
  throw new Inexpressible(`${path} is ${value === undefined ? "missing" : "no text"}`);
}

function number(value: Json, path: string): number {
  if (typeof value === "number") return value;
  throw new Inexpressible(`${path} is ${JSON.stringify(value)}, which is no number`);
}

function only(value: Record<string, Json>, path: string, known: readonly string[]): void {
  const stranger = Object.keys(value).find((key) => !known.includes(key));
  if (stranger !== undefined)
    throw new Inexpressible(
      `${path} has ${JSON.stringify(stranger)}, which the configuration has no word for`,
    );
}
