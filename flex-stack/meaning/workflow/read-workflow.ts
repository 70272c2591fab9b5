import { isObject, isSecret, parsedJson, valueText, type JsonObject } from "../../values/property-value.ts";
import type { Surroundings } from "../surroundings.ts";

export const queueType = "twilio:taskrouter:TaskQueue";

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
  /**
   * SID of its own, or that of the target before. A queue that is made anew goes by the SID it had: to tasks it is the
   * same place. Pulumi's sentinel where it is not known which one it is.
   */
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
export function readWorkflow(value: unknown, surroundings: Surroundings): ReadWorkflow | undefined {
  const document = parsedJson(value);
  const routing = isObject(document) ? document["task_routing"] : undefined;
  if (!isObject(routing)) return undefined;
  const filters = routing["filters"] ?? [];
  const fallback = routing["default_filter"];
  if (!Array.isArray(filters) || !filters.every(isObject)) return undefined;
  return {
    filters: filters.map((filter, index) => readFilter(filter, index, surroundings)),
    defaultQueue: isObject(fallback) ? queueOf(fallback, surroundings) : undefined,
  };
}

function readFilter(filter: JsonObject, index: number, surroundings: Surroundings): ReadFilter {
  const name = text(filter["filter_friendly_name"]) ?? text(filter["friendly_name"]);
  const targets = Array.isArray(filter["targets"]) ? filter["targets"].filter(isObject) : [];
  let queue = "";
  return {
    name: name ?? `${index + 1}`,
    named: name !== undefined,
    expression: text(filter["expression"]) ?? "",
    targets: targets.map((target) => {
      queue = queueOf(target, surroundings) ?? queue;
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

function queueOf({ queue }: JsonObject, surroundings: Surroundings): string | undefined {
  const sid = text(queue);
  return sid === undefined ? undefined : surroundings.formerSid(sid, queueType);
}

/** Numbers and strings as text: Twilio takes both for the same. */
function text(value: unknown): string | undefined {
  if (isSecret(value)) return valueText(value);
  if (typeof value === "number") return String(value);
  return typeof value === "string" ? value : undefined;
}
