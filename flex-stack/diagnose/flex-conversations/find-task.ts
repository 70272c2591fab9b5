import type { ConversationInstance } from "twilio/lib/rest/conversations/v1/service/conversation.js";
import type { ExecutionInstance } from "twilio/lib/rest/studio/v2/flow/execution.js";
import type { TaskInstance } from "twilio/lib/rest/taskrouter/v1/workspace/task.js";
import { parseAttributes, textOf } from "../../account/attributes.ts";
import { eventsSince, eventValues, lastAttributesOf, type End } from "../end.ts";
import { isTaskOver, tolerance } from "../journey.ts";
import { permitted } from "../permitted.ts";
import type { Reads } from "../reads/reads.ts";
import { flexSids, type Talk } from "./talk.ts";

/** A task is looked for in the events of so many milliseconds after its conversation began. */
const usualTime = 3_600_000;

interface Trail {
  readonly conversationSid: string;
  readonly conversation: ConversationInstance | undefined;
  readonly execution: ExecutionInstance | undefined;
}

/** The task of a conversation: that of now, or else the last one, which may be gone. */
export async function findTask(
  end: End,
  trail: Trail,
  reads: Reads,
): Promise<Pick<Talk, "taskSid" | "task" | "taskAttributes">> {
  const taskSid =
    end.taskSid ?? (await taskThere(trail, reads)) ?? (await permitted(() => pastTask(trail, reads)));
  if (taskSid === undefined) return { taskSid, task: undefined, taskAttributes: {} };
  const task = await permitted(() => reads.taskrouter.task(taskSid));
  const json = task?.attributes ?? (end.taskAttributes ? undefined : await lastAttributesOf(taskSid, reads));
  const attributes = end.taskAttributes ?? parseAttributes(json);
  const written = hasLinks(attributes) ? undefined : await permitted(() => linksOf(taskSid, reads));
  return { taskSid, task, taskAttributes: { ...attributes, ...written } };
}

function hasLinks(attributes: Readonly<Record<string, unknown>>): boolean {
  return flexSids.every((name) => textOf(attributes, name) !== undefined);
}

/** What Flex wrote of the conversation into a task that has lost it: as it was when it was made. */
async function linksOf(
  taskSid: string,
  reads: Reads,
): Promise<Readonly<Record<string, unknown>> | undefined> {
  const events = await reads.taskrouter.events(taskSid, eventsSince(reads));
  const all = events.map(({ eventData }) =>
    parseAttributes(textOf(eventValues(eventData), "task_attributes")),
  );
  const whole = all.findLast(hasLinks);
  return whole && Object.fromEntries(flexSids.map((name) => [name, whole[name]]));
}

/** One that goes on comes first: there may be others of agents who handed it on, or parked it. */
async function taskThere({ conversationSid }: Trail, reads: Reads): Promise<string | undefined> {
  const all = await tasksOf(conversationSid, reads);
  return (all.find((task) => !isTaskOver(task)) ?? all[0])?.sid;
}

/** The tasks of a conversation that TaskRouter still has, newest first. */
export async function tasksOf(conversationSid: string, reads: Reads): Promise<readonly TaskInstance[]> {
  const like = `conversationSid == "${conversationSid}"`;
  const found = (await permitted(() => reads.taskrouter.tasksLike(like))) ?? [];
  return [...found].sort((one, other) => other.dateCreated.getTime() - one.dateCreated.getTime());
}

/** One that is gone: its flow has noted it, or its making is among the events. */
async function pastTask(
  { conversationSid, conversation, execution }: Trail,
  reads: Reads,
): Promise<string | undefined> {
  if (execution?.status === "active") return undefined;
  const noted = execution && (await taskIn(execution, reads));
  if (noted !== undefined || conversation === undefined) return noted;
  const since = conversation.dateCreated.getTime() - tolerance;
  const until = Math.min(since + usualTime, reads.account.now());
  const made = await reads.taskrouter.creations(new Date(since), new Date(until));
  const own = made.find(({ eventData }) => {
    const json = textOf(eventValues(eventData), "task_attributes");
    return textOf(parseAttributes(json), "conversationSid") === conversationSid;
  });
  return own && textOf(eventValues(own.eventData), "task_sid");
}

/** The task that a Send to Flex of an execution made. */
async function taskIn({ flowSid, sid }: ExecutionInstance, reads: Reads): Promise<string | undefined> {
  const { widgets = {} } = ((await reads.studio.context(flowSid, sid))?.context ?? {}) as {
    widgets?: Readonly<Record<string, unknown>>;
  };
  return Object.values(widgets)
    .map((widget) => textOf((widget ?? {}) as Readonly<Record<string, unknown>>, "TaskSid", "sid"))
    .find((found) => found?.startsWith("WT"));
}
