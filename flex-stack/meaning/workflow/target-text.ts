import { isUnknown } from "../../values/property-value.ts";
import {
  ExpressionError,
  parseExpression,
  targetedRouting,
  type TargetedRouting,
} from "../../../routing/index.ts";
import type { Surroundings } from "../surroundings.ts";
import { expressionText, orderText, unknownText } from "../../values/expression-text.ts";
import { queueType, type ReadTarget } from "./read-workflow.ts";

/** What a person calls a queue: its name, else its SID. */
export function queueName(queue: string, surroundings: Surroundings): string {
  if (queue === "") return "no queue";
  return isUnknown(queue) ? surroundings.newNameOf(queueType) : surroundings.nameOf(queue, queueType);
}

/** Every setting of a target beside its queue, as text that compares equal when it means the same. */
export function targetSettings(target: ReadTarget): Readonly<Record<TargetSetting, string | undefined>> {
  return {
    workers: target.expression === undefined ? undefined : expressionText(target.expression),
    "known worker": target.knownWorker,
    timeout: target.timeout === undefined ? undefined : seconds(target.timeout),
    priority: target.priority === undefined ? undefined : known(target.priority),
    order: target.orderBy === undefined ? undefined : orderText(target.orderBy),
    "skipped when": target.skipIf === undefined ? undefined : expressionText(target.skipIf),
  };
}

export const targetSettingNames = [
  "workers",
  "known worker",
  "timeout",
  "priority",
  "order",
  "skipped when",
] as const;

export type TargetSetting = (typeof targetSettingNames)[number];

/** What a setting is when it is not given. */
export const unset: Readonly<Record<TargetSetting, string>> = {
  workers: "everyone in the queue",
  "known worker": "none",
  timeout: "until the task's own",
  priority: "the task's own",
  order: "longest idle first",
  "skipped when": "never",
};

/** The settings of a target in short: `for 60 s`, `priority 5`. */
export function conditionsOf(target: ReadTarget): string[] {
  const settings = targetSettings(target);
  const words: Readonly<Record<TargetSetting, string>> = {
    workers: namedWorker(target) ? "" : "where ",
    "known worker": "to ",
    timeout: "for ",
    priority: "priority ",
    order: "by ",
    "skipped when": "skipped when ",
  };
  return targetSettingNames.flatMap((name) => {
    const value = name === "workers" && namedWorker(target) ? "the named worker" : settings[name];
    return value === undefined ? [] : [`${words[name]}${value}`];
  });
}

/** Whether the target is for the one worker whom the task names, and by what. */
export function namedWorker({ expression, knownWorker }: ReadTarget): string | undefined {
  if (knownWorker !== undefined) return knownWorker;
  const targeted = expression === undefined ? undefined : targetedBy(expression);
  return targeted && `task.${targeted.taskAttribute} == worker.${targeted.workerAttribute}`;
}

function targetedBy(source: string): TargetedRouting | undefined {
  if (isUnknown(source)) return undefined;
  try {
    return targetedRouting(parseExpression(source));
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    return undefined;
  }
}

function seconds(value: string): string {
  return isUnknown(value) ? unknownText : `${value} s`;
}

function known(value: string): string {
  return isUnknown(value) ? unknownText : value;
}
