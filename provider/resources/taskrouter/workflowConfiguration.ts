import { quote } from "../../engine/quote.ts";
import { isObject, UNKNOWN } from "../../engine/value.ts";
import type { Value } from "../../engine/value.ts";

type Problem = { path: (string | number)[]; reason: string };
type Report = (path: Problem["path"], reason: string) => void;

const filterKeys = ["filter_friendly_name", "friendly_name", "expression", "targets"];
const targetKeys = [
  "queue",
  "expression",
  "priority",
  "timeout",
  "order_by",
  "skip_if",
  "known_worker_sid",
  "known_worker_friendly_name",
];

/**
 * Says what is wrong with the shape of a workflow configuration, all at once. Expressions are not
 * parsed; values that are not known yet are skipped.
 */
export function inspectWorkflow(document: Value): Problem[] {
  const problems: Problem[] = [];
  const report: Report = (path, reason) => problems.push({ path, reason });
  if (!isObject(document)) return problems;
  const routing = document["task_routing"];
  if (routing === UNKNOWN) return problems;
  if (!isObject(routing)) {
    report(["task_routing"], 'is missing; write {"task_routing": {"filters": […], "default_filter": {…}}}');
    return problems;
  }
  const filters = routing["filters"];
  if (Array.isArray(filters)) {
    filters.forEach((filter, index) => inspectFilter(filter, ["task_routing", "filters", index], report));
  } else if (filters != null && filters !== UNKNOWN) {
    report(["task_routing", "filters"], "must be an array of filters");
  }
  const fallback = routing["default_filter"];
  if (fallback != null && fallback !== UNKNOWN) {
    if (isObject(fallback))
      inspectQueue(fallback["queue"], ["task_routing", "default_filter", "queue"], report);
    else report(["task_routing", "default_filter"], 'must be an object such as {"queue": "WQ…"}');
  }
  return problems;
}

function inspectFilter(filter: Value, path: Problem["path"], report: Report): void {
  if (filter === UNKNOWN) return;
  if (!isObject(filter)) return report(path, "must be an object with `expression` and `targets`");
  inspectKeys(filter, filterKeys, path, report);
  inspectExpression(filter["expression"], [...path, "expression"], report, true);
  const targets = filter["targets"];
  if (targets === UNKNOWN) return;
  if (!Array.isArray(targets) || targets.length === 0) {
    return report([...path, "targets"], "must be an array of at least one target, the first with a `queue`");
  }
  targets.forEach((target, index) => {
    const at = [...path, "targets", index];
    if (target === UNKNOWN) return;
    if (!isObject(target)) return report(at, 'must be an object such as {"queue": "WQ…"}');
    inspectKeys(target, targetKeys, at, report);
    // Later targets inherit the queue of the one before.
    if (index === 0 || target["queue"] != null) inspectQueue(target["queue"], [...at, "queue"], report);
    inspectExpression(target["expression"], [...at, "expression"], report, false);
    inspectNumber(target["timeout"], 1, "seconds, a whole number from 1", [...at, "timeout"], report);
    inspectNumber(target["priority"], 0, "a whole number from 0", [...at, "priority"], report);
    if (target["known_worker_sid"] != null && target["known_worker_friendly_name"] != null) {
      report(at, "has both `known_worker_sid` and `known_worker_friendly_name`; keep one");
    }
  });
}

function inspectKeys(
  value: { [key: string]: Value },
  known: readonly string[],
  path: Problem["path"],
  report: Report,
): void {
  for (const key of Object.keys(value)) {
    if (!known.includes(key)) {
      report([...path, key], `is no key that TaskRouter reads here; known are ${known.join(", ")}`);
    }
  }
}

function inspectQueue(queue: Value | undefined, path: Problem["path"], report: Report): void {
  if (queue === UNKNOWN) return;
  if (typeof queue !== "string" || !/^WQ[0-9a-f]{32}$/i.test(queue)) {
    report(path, `must be the SID of a queue (WQ and 32 hexadecimal digits), got ${quote(queue)}`);
  }
}

function inspectExpression(
  expression: Value | undefined,
  path: Problem["path"],
  report: Report,
  required: boolean,
): void {
  if (expression === UNKNOWN || (expression == null && !required)) return;
  if (typeof expression !== "string" || (required && expression.trim() === "")) {
    report(path, `must be an expression such as topic == "billing", got ${quote(expression)}`);
  }
}

/** TaskRouter takes numbers also as strings. */
function inspectNumber(
  value: Value | undefined,
  min: number,
  meaning: string,
  path: Problem["path"],
  report: Report,
): void {
  if (value == null || value === UNKNOWN) return;
  const number = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
  if (typeof number !== "number" || !Number.isInteger(number) || number < min) {
    report(path, `must be ${meaning}, got ${quote(value)}`);
  }
}
