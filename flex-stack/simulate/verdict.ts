import {
  describeIneligibility,
  type Ineligibility,
  type RoutingTrace,
  type StepTrace,
  type WorkerVerdict,
} from "../../routing/index.ts";
import type { Agent } from "./flex-ui.ts";
import type { ConversationTask } from "./journey.ts";
import type { TwilioHttp } from "./twilio-http.ts";

/** Why a task is not with the one it should be with, and what to do about it. */
export interface Verdict {
  readonly problem: string;
  readonly fix: string | null;
}

/** At most so many workers are gone through one by one. */
const maxWorkers = 5;

/** What a task has whose message somebody may still see. */
const goingOn = ["pending", "reserved", "assigned"];

/** What a message went into whose task is over. @param stack Whose messages are diagnosed. */
function whyOver({ sid, status }: ConversationTask, stack: string): Verdict {
  return {
    problem: `The message went into a conversation whose task ${sid} is ${status}: it goes on without it, and no agent sees what the customer writes.`,
    fix: `Run npx flex-stack diagnose --task ${sid} --stack ${stack}: it says what came of the task, and how to let the customer go.`,
  };
}

/** Why nobody was offered a task. `agent` is who was meant to get it, if anybody. */
export async function whyNobody(
  http: TwilioHttp,
  task: ConversationTask,
  stack: string,
  agent?: Agent,
): Promise<Verdict> {
  if (!goingOn.includes(task.status)) return whyOver(task, stack);
  const about = `Task ${task.sid} is ${task.status}`;
  const step = await currentStep(http, task.sid);
  if (step === undefined) return { problem: `${about}: it is in no step of a workflow.`, fix: null };
  const where = `${about} in queue ${step.queueName ?? step.queueSid}`;
  if (step.workers.length === 0)
    return { problem: `${where}: there are no workers.`, fix: "Make one who is in that queue." };
  const suited = step.workers.filter(({ reasons }) => reasons.every(passes));
  const told = suited.length > 0 ? suited : step.workers;
  const named = told.filter(({ sid }) => sid === agent?.workerSid);
  const listed = [...named, ...told.filter((worker) => !named.includes(worker))].slice(0, maxWorkers);
  const lines = await Promise.all(listed.map((worker) => describe(http, worker)));
  const more = told.length - listed.length;
  const list = [...lines, ...(more > 0 ? [`and ${more} more`] : [])].join("; ");
  return {
    problem: `${where}. ${suited.length > 0 ? "Whoever fits is not free" : "No worker fits"}: ${list}.`,
    fix: fixOf(suited, stack),
  };
}

/** Why a task that others were offered or have did not go to the agent it was meant for. */
export async function whyOthers(
  http: TwilioHttp,
  task: ConversationTask,
  stack: string,
  agent: Agent,
): Promise<Verdict> {
  const went = `Task ${task.sid} went to ${task.agents.join(", ")}, not to ${agent.name}`;
  const step = await currentStep(http, task.sid);
  const worker = step?.workers.find(({ sid }) => sid === agent.workerSid);
  if (step === undefined || worker === undefined)
    return { problem: `${went}: its workflow did not choose.`, fix: null };
  if (worker.eligible)
    return {
      problem: `${went}, who fits as well but comes after them: by order_by, or because they were idle longer.`,
      fix: null,
    };
  const isBusy = worker.reasons.every(passes);
  return {
    problem: `${went}, who ${isBusy ? "is not free" : "does not fit"}: ${await describe(http, worker)}.`,
    fix: isBusy ? fixOf([worker], stack) : null,
  };
}

/** Where a task is in its workflow, with the reasons against every worker. */
async function currentStep(http: TwilioHttp, taskSid: string): Promise<StepTrace | undefined> {
  const { trace } = await http.send<{ trace: RoutingTrace | null }>({
    method: "GET",
    url: `/_emulator/routing/${taskSid}`,
  });
  return trace?.defaultStep ?? trace?.filters.flatMap(({ steps }) => steps).at(-1);
}

/** Whether a reason against a worker goes away without anybody changing how the centre is set up. */
function passes({ reason }: Ineligibility): boolean {
  return reason === "activity" || reason === "capacity" || reason === "already reserved";
}

function fixOf(suited: readonly WorkerVerdict[], stack: string): string | null {
  const reasons = suited.flatMap((worker) => worker.reasons.map(({ reason }) => reason));
  if (reasons.includes("capacity"))
    return "Complete what they have, give them more capacity, or have older tasks served first with --answer.";
  // Who lets a task time out is set to another activity by TaskRouter.
  if (reasons.includes("activity"))
    return `Set one of them to an available activity: npx flex-stack agent NAME --activity Available --stack ${stack}.`;
  return suited.length === 0 ? "Change attributes of a worker, or the workflow." : null;
}

/** `alice: no capacity on channel "sms": 1/1, taken by task WT… (accepted)` */
async function describe(http: TwilioHttp, worker: WorkerVerdict): Promise<string> {
  const reasons = worker.reasons.map(describeIneligibility).join("; ");
  const full = worker.reasons.find((each) => each.reason === "capacity");
  if (full === undefined) return `${worker.friendlyName}: ${reasons}`;
  const tasks = (await tasksOf(http, worker.sid, full.channel)).map(
    ({ sid, status }) => `${sid} (${status})`,
  );
  // Who has no capacity at all is busy with nothing.
  const takenBy = tasks.length === 0 ? "" : `, taken by task ${tasks.join(", ")}`;
  return `${worker.friendlyName}: ${reasons}${takenBy}`;
}

/** The tasks that take of a worker's capacity on a channel, oldest first. */
async function tasksOf(
  http: TwilioHttp,
  workerSid: string,
  channel: string,
): Promise<{ sid: string; status: string }[]> {
  const { taskrouter_workspace_sid: workspaceSid } = await http.send<{ taskrouter_workspace_sid: string }>({
    method: "GET",
    url: "https://flex-api.twilio.com/v1/Configuration",
  });
  const workspace = `https://taskrouter.twilio.com/v1/Workspaces/${workspaceSid}`;
  const { reservations } = await http.send<{
    reservations: { task_sid: string; reservation_status: string }[];
  }>({ method: "GET", url: `${workspace}/Workers/${workerSid}/Reservations?PageSize=1000` });
  const active = reservations.filter(({ reservation_status: status }) =>
    ["pending", "accepted", "wrapping"].includes(status),
  );
  const tasks = await Promise.all(
    active.map(async ({ task_sid: sid, reservation_status: status }) => {
      const url = `${workspace}/Tasks/${sid}`;
      const task = await http.send<{ task_channel_unique_name: string }>({ method: "GET", url });
      return { sid, status, channel: task.task_channel_unique_name };
    }),
  );
  return tasks.filter((task) => task.channel === channel).map(({ sid, status }) => ({ sid, status }));
}
