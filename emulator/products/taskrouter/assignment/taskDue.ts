import type { Context } from "../../../kernel/context.ts";
import type { Document } from "../../../kernel/document.ts";
import { recordSystemDeleted } from "../events/taskEvents.ts";
import { type Task, task } from "../stored/kinds.ts";
import { scheduleAssignment } from "./assign.ts";
import { clockDue } from "./placement.ts";
import { removeTask } from "./removeTask.ts";
import { cancelTask } from "./taskStatus.ts";

/**
 * Seconds that a completed or canceled task stays, unless the local Twilio was started with another time: ten minutes
 * as in Twilio's guide to Flex messaging. The reference of TaskRouter says five.
 */
const usualRemovalDelay = 600;

/** Milliseconds after which TaskRouter deletes a task that stays assigned. */
const longestAssignment = 24 * 60 * 60 * 1000;

/** When a task next changes by itself. */
export function taskDue({ fields, created }: Document<Task>, context: Context): number | undefined {
  const { assignment_status: status, timeout, routing } = fields;
  const expires = created + timeout * 1000;
  switch (status) {
    case "pending":
    case "reserved": {
      const stepEnds =
        status === "reserved" || routing.until === null ? expires : created + routing.until * 1000;
      return Math.min(expires, stepEnds, clockDue(fields, context) ?? expires);
    }
    case "assigned":
      return routing.status_changed + longestAssignment;
    case "wrapping":
      return undefined;
    case "canceled":
    case "completed":
      return routing.status_changed + context.setting("taskRemovalDelay", usualRemovalDelay) * 1000;
  }
}

/** What is due next with a task, for people. */
export function whenTaskDue(document: Document<Task>, context: Context): string {
  const { assignment_status: status, timeout } = document.fields;
  switch (status) {
    case "pending":
    case "reserved": {
      const isOver = (taskDue(document, context) ?? 0) >= document.created + timeout * 1000;
      if (isOver) return "the task has waited for its whole time: it is canceled";
      return clockDue(document.fields, context) === taskDue(document, context)
        ? "the time of day changes who may get the task"
        : "the task leaves this step of its workflow for the next";
    }
    case "assigned":
      return "the task was assigned for a day: TaskRouter deletes it";
    default:
      return `the task, which is ${status}, is removed`;
  }
}

/** Does what is due with a task: it expires, leaves its step, may fit others by the clock, or is removed. */
export function onTaskDue(document: Document<Task>, context: Context): void {
  const { assignment_status: status, timeout } = document.fields;
  if (status === "pending" || status === "reserved") {
    if (context.now >= document.created + timeout * 1000) cancelTask(context, document, "Task TTL Exceeded");
    else {
      context.of(task).reschedule(document);
      scheduleAssignment(context, document.parentSid, { task: document.sid });
    }
    return;
  }
  if (status === "assigned") recordSystemDeleted(document, context);
  removeTask(document, context);
}
