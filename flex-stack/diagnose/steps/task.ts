import type { TaskInstance } from "twilio/lib/rest/taskrouter/v1/workspace/task.js";
import { renderTrace, WorkflowError, type RoutingTrace, type StepTrace } from "../../../routing/index.ts";
import { parseAttributes, textOf } from "../../account/attributes.ts";
import type { Case, Circumstances } from "../case.ts";
import { eventsSince, eventValues } from "../end.ts";
import { consolePage } from "../console-page.ts";
import { broken, ok, skipped, waiting, type Observation, type Problem } from "../finding.ts";
import type { Repair } from "../repair.ts";
import { tracedTask, traceTask, type Traced } from "../workspace.ts";
import { reasonForNoTask } from "./no-task.ts";
import { wasOfferedInVain } from "./reservations.ts";

/** Is there a task for the conversation, and if nobody got it, why not? */
export async function task(given: Case): Promise<Observation> {
  const { taskSid, channelSid, channel, execution } = given.journey;
  if (taskSid === undefined) {
    if (channelSid === undefined) return skipped("No conversation is there to make a task of.");
    return reasonForNoTask(given);
  }
  return routed(given, taskSid, {
    link: (found, page) => linkProblem(given, found, page),
    isOver: parseAttributes(channel?.attributes)["status"] === "INACTIVE",
    isKnown: channel !== undefined || execution !== undefined,
    ending: "Delete the conversation's Proxy session: the customer's next message begins a new one.",
  });
}

/** The conversation of a task, as far as that matters to it. */
export interface Surroundings {
  /** What is wrong with how they are linked. */
  link(found: TaskInstance, page: string): Problem | undefined;
  /** It is over, so that its task may be gone. */
  readonly isOver: boolean;
  /** Something is known of it beside the task. */
  readonly isKnown: boolean;
  /** How a conversation is ended that its task has left behind. */
  readonly ending: string;
  /** The command that does it. */
  readonly command?: string | undefined;
}

/** What became of a task, and if nobody got it, why not? */
export async function routed(
  given: Circumstances,
  taskSid: string,
  about: Surroundings,
): Promise<Observation> {
  const { reads } = given;
  const found = await reads.taskrouter.task(taskSid);
  if (found === undefined) return gone(given, taskSid, about);
  const more = { at: found.dateCreated, sids: [found.sid] };
  const page = consolePage.task(found.workspaceSid, found.sid);
  if (found.assignmentStatus === "canceled") {
    if (wasOfferedInVain(found, await reads.taskrouter.reservations(found.sid)))
      return ok(`Task was offered time and again, and canceled in the end: ${found.reason}.`, more);
    return broken(
      cleanedUp(canceled(found.sid, found.reason, page, found.workflowFriendlyName), about),
      more,
    );
  }
  const unlinked = about.link(found, page);
  if (unlinked !== undefined) return broken(unlinked, more);
  const where = [
    found.workflowFriendlyName && `workflow ${found.workflowFriendlyName}`,
    found.taskQueueFriendlyName && `queue ${found.taskQueueFriendlyName}`,
    `priority ${found.priority}`,
  ].filter((part) => part);
  const line = `Task is ${found.assignmentStatus} (${where.join(", ")}, ${duration(found.age)} old).`;
  if (found.assignmentStatus !== "pending") return ok(line, more);
  if ((await reads.taskrouter.reservations(found.sid)).length > 0)
    return ok(
      `Task was offered, and is pending again (${where.join(", ")}, ${duration(found.age)} old).`,
      more,
    );
  return neverOffered(given, found, more);
}

function linkProblem({ journey }: Case, found: TaskInstance, page: string): Problem | undefined {
  const { channelSid } = journey;
  const linked = textOf(parseAttributes(found.attributes), "channelSid");
  if (linked !== undefined && (channelSid === undefined || linked === channelSid)) return undefined;
  return {
    cause: "task-unlinked",
    sentence: `The attributes of task ${found.sid} name ${linked === undefined ? "no channelSid" : `the chat channel ${linked}`}${channelSid === undefined ? "" : ` instead of ${channelSid}`}: Flex UI shows the agent no chat for it.`,
    fix: "Keep channelSid in the task's attributes: Send to Flex sets it, unless the attributes of that widget, or whoever changes the task later, replace it.",
    page,
  };
}

async function neverOffered(
  { reads, repair }: Circumstances,
  found: TaskInstance,
  more: { at: Date; sids: readonly string[] },
): Promise<Observation> {
  const page = consolePage.workflow(found.workspaceSid, found.workflowSid);
  const workflow = await reads.taskrouter.workflow(found.workflowSid);
  if (workflow === undefined)
    return broken(
      {
        cause: "workflow-missing",
        sentence: `Task ${found.sid} is in workflow ${found.workflowSid}, which does not exist: nobody is offered it.`,
        fix: repair.or(
          "Cancel the task, and point the flow's Send to Flex to a workflow that exists",
          found.workflowSid,
        ),
      },
      more,
    );
  let traced: Traced;
  try {
    traced = await traceTask(reads, workflow, tracedTask(found));
  } catch (error) {
    if (!(error instanceof WorkflowError)) throw error;
    return broken(
      {
        cause: "workflow-invalid",
        sentence: `The workflow ${workflow.friendlyName} can't be evaluated: ${error.message.split("\n")[0]}`,
        fix: repair.or("Correct the workflow or the queue's expression", workflow.sid),
        page,
      },
      more,
    );
  }
  const { trace, leftOut } = traced;
  const details = [
    ...renderTrace(trace, { maxWorkers: 10 }),
    ...(leftOut > 0 ? [`${leftOut} more workers fit; whether they have room was not looked up`] : []),
  ];
  const { outcome } = trace;
  if (outcome.kind === "offered" && found.age < 60)
    return waiting(
      `Task is about to be offered to ${outcome.workers.map((one) => one.friendlyName).join(", ")}.`,
      more,
    );
  return broken({ ...whyPending(found, trace, workflow.friendlyName, repair), page }, { ...more, details });
}

/** Why a task that was never offered to anybody waits, from what the workflow makes of it. */
function whyPending(found: TaskInstance, trace: RoutingTrace, workflow: string, repair: Repair): Problem {
  const { outcome } = trace;
  const begin = `Task ${found.sid} was never offered to anybody:`;
  if (outcome.kind === "offered")
    return {
      cause: "task-not-offered",
      sentence: `${begin} by its workflow ${workflow} ${outcome.workers.map((one) => one.friendlyName).join(", ")} should get it now, and TaskRouter has not offered it.`,
      fix: "Set the worker's activity anew, or change an attribute of the task: both make TaskRouter look again.",
    };
  if (outcome.kind !== "waiting")
    return {
      cause: "workflow-exhausted",
      sentence: `${begin} it has passed every target of its workflow ${workflow}.`,
      fix: "Give the workflow a last target or a default filter in which somebody is found.",
    };
  if (outcome.queueName === undefined)
    return {
      cause: "queue-missing",
      sentence: `${begin} its workflow ${workflow} leads to queue ${outcome.queueSid}, which does not exist.`,
      fix: repair.or("Point the workflow to a queue that exists", found.workflowSid),
    };
  const queue = `queue ${outcome.queueName}`;
  const workers = lastStep(trace)?.workers ?? [];
  if (workers.length === 0)
    return {
      cause: "no-workers",
      sentence: `${begin} the workspace has no workers.`,
      fix: "Flex makes a worker for everybody who logs in: let an agent log in.",
    };
  const members = workers.filter(({ reasons }) => !reasons.some(({ reason }) => reason === "not in queue"));
  if (members.length === 0)
    return {
      cause: "queue-empty",
      sentence: `${begin} ${workers.length === 1 ? "the only worker is not" : `none of the ${workers.length} workers is`} in ${queue}, where it waits.`,
      fix: "Give a worker the skill that the queue asks for, or correct the queue's expression.",
    };
  const fitting = members.filter(
    ({ reasons }) =>
      !reasons.some(({ reason }) => reason === "expression" || reason === "not the known worker"),
  );
  if (fitting.length === 0)
    return {
      cause: "nobody-fits",
      sentence: `${begin} no worker of ${queue} fits the expression of the target it waits in.`,
      fix: "Compare the expression with the task's and the workers' attributes below; add a target for everybody else.",
    };
  const present = fitting.filter(({ reasons }) => !reasons.some(({ reason }) => reason === "activity"));
  if (present.length === 0)
    return {
      cause: "nobody-available",
      sentence: `${begin} ${fitting.length === 1 ? "the one worker" : `none of the ${fitting.length} workers`} of ${queue} who could get it is ${fitting.length === 1 ? "not " : ""}in an available activity.`,
      fix: "An agent of that queue has to set an available activity in Flex; consider a target with a larger queue after a timeout.",
    };
  return {
    cause: "no-capacity",
    sentence: `${begin} whoever is available in ${queue} has no room left on task channel ${found.taskChannelUniqueName}.`,
    fix: "Raise the capacity of that task channel for the worker, switch the channel on, or see which tasks hold it.",
  };
}

function lastStep({ filters, defaultStep }: RoutingTrace): StepTrace | undefined {
  return defaultStep ?? filters.at(-1)?.steps.at(-1);
}

function canceled(sid: string, reason: string | undefined, page: string, workflow = ""): Problem {
  const timedOut = /workflow timeout|TTL/i.test(reason ?? "");
  const named = workflow === "" ? "its workflow" : `workflow ${workflow}`;
  return {
    cause: "task-canceled",
    sentence: `Task ${sid} was canceled${reason ? `: ${reason}` : ""}.`,
    fix: timedOut
      ? `Nobody took it in time. Give ${named} a last target without a timeout, or agents who are available.`
      : /matches no filter/i.test(reason ?? "")
        ? `Give ${named} a default filter, or attributes that a filter asks for.`
        : "Look in the task's events for who canceled it: a program, or somebody in Flex.",
    page,
  };
}

/** The same, with how its conversation is ended where something has to. */
function cleanedUp(problem: Problem, { ending, command }: Surroundings): Problem {
  return command === undefined ? problem : { ...problem, fix: `${problem.fix} ${ending}`, command };
}

/** What became of a task that is no longer there, from its events. */
async function gone({ reads }: Circumstances, taskSid: string, about: Surroundings): Promise<Observation> {
  const { ending, command } = about;
  const events = await reads.taskrouter.events(taskSid, eventsSince(reads));
  const sids = [taskSid];
  const page = consolePage.task(reads.place.workspaceSid ?? "", taskSid);
  const end = events.find(({ eventType }) => /^task\.(completed|canceled|system-deleted)$/.test(eventType));
  if (end?.eventType === "task.canceled") {
    const values = eventValues(end.eventData);
    const reason = textOf(values, "task_canceled_reason", "reason");
    return broken(cleanedUp(canceled(taskSid, reason, page, textOf(values, "workflow_name")), about), {
      at: end.eventDate,
      sids,
    });
  }
  if (end?.eventType === "task.completed")
    return ok("Task was completed, and has been deleted since, as it should be.", {
      at: end.eventDate,
      sids,
    });
  if (about.isOver) return ok("Task is gone, as is right after the end of a conversation.", { sids });
  if (end?.eventType === "task.system-deleted")
    return broken(
      {
        cause: "task-expired",
        sentence: `TaskRouter deleted task ${taskSid}, as it does 24 hours after an agent accepted it, and its conversation goes on: nobody sees what the customer writes.`,
        fix: `Let agents complete their tasks within a day. ${ending}`,
        page,
        command,
      },
      { at: end.eventDate, sids },
    );
  const removed = events.find(({ eventType }) => eventType === "task.deleted");
  return broken(
    {
      cause: "task-deleted",
      sentence:
        events.length === 0 && !about.isKnown
          ? `There is no task ${taskSid}, and TaskRouter has no events of it: it never was in this workspace, or is older than 30 days.`
          : `Task ${taskSid} was deleted before it was completed, and its conversation goes on: nobody sees what the customer writes.`,
      fix: `Look for a program that deletes tasks. ${ending}`,
      page,
      command,
    },
    { at: removed?.eventDate, sids },
  );
}

function duration(seconds: number): string {
  if (seconds < 120) return `${seconds} s`;
  if (seconds < 7200) return `${Math.floor(seconds / 60)} min`;
  return `${Math.floor(seconds / 3600)} h`;
}
