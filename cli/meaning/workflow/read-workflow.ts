import { isObject, isSecret, parsedJson, valueText, type JsonObject } from "../../changes/property-value.ts";

/** A workflow's configuration as far as it can be read: drift and hand-written JSON may hold anything. */
export interface ReadWorkflow {
  readonly filters: readonly ReadFilter[];
  /** Queue of the default filter. */
  readonly defaultQueue: string | undefined;
}

export interface ReadFilter {
  readonly name: string;
  /** Of Twilio's two spellings of the name, or by its place. */
  readonly named: boolean;
  readonly expression: string;
  readonly targets: readonly ReadTarget[];
}

export interface ReadTarget {
  /** Its own, or that of the target before; Pulumi's sentinel where it is not known yet. */
  readonly queue: string;
  readonly expression: string | undefined;
  readonly priority: string | undefined;
  /** Seconds. */
  readonly timeout: string | undefined;
  readonly orderBy: string | undefined;
  readonly skipIf: string | undefined;
  /** `task.agentSid`, whichever of the two keys names it. */
  readonly knownWorker: string | undefined;
}

/** Undefined for what is no configuration of a workflow, or not known yet as a whole. */
export function readWorkflow(value: unknown): ReadWorkflow | undefined {
  const document = parsedJson(value);
  const routing = isObject(document) ? document["task_routing"] : undefined;
  if (!isObject(routing)) return undefined;
  const filters = routing["filters"] ?? [];
  const fallback = routing["default_filter"];
  if (!Array.isArray(filters) || !filters.every(isObject)) return undefined;
  return {
    filters: filters.map(readFilter),
    defaultQueue: isObject(fallback) ? text(fallback["queue"]) : undefined,
  };
}

function readFilter(filter: JsonObject, index: number): ReadFilter {
  const name = text(filter["filter_friendly_name"]) ?? text(filter["friendly_name"]);
  const targets = Array.isArray(filter["targets"]) ? filter["targets"].filter(isObject) : [];
  let queue = "";
  return {
    name: name ?? `${index + 1}`,
    named: name !== undefined,
    expression: text(filter["expression"]) ?? "",
    targets: targets.map((target) => {
      queue = text(target["queue"]) ?? queue;
      return {
        queue,
        expression: text(target["expression"]),
        priority: text(target["priority"]),
        timeout: text(target["timeout"]),
        orderBy: text(target["order_by"]),
        skipIf: text(target["skip_if"]),
        knownWorker: text(target["known_worker_sid"]) ?? text(target["known_worker_friendly_name"]),
      };
    }),
  };
}

/** Numbers and strings as text: Twilio takes both for the same. */
function text(value: unknown): string | undefined {
  if (isSecret(value)) return valueText(value);
  if (typeof value === "number") return String(value);
  return typeof value === "string" ? value : undefined;
}
