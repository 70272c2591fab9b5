import type { TaskInstance } from "twilio/lib/rest/taskrouter/v1/workspace/task.js";
import type { ReservationInstance } from "twilio/lib/rest/taskrouter/v1/workspace/task/reservation.js";
import type { ServiceInstance } from "twilio/lib/rest/chat/v2/service.js";
import { agentRoleProblem, contactProblem, identityOf, memberRoleProblem } from "../agent.ts";
import type { Case, Circumstances } from "../case.ts";
import { pastReservations } from "../past-reservations.ts";
import { consolePage } from "../console-page.ts";
import type { Repair } from "../repair.ts";
import { maxReservations } from "../reads/taskrouter.ts";
import { broken, ok, skipped, waiting, type Observation, type Problem } from "../finding.ts";

const held = ["accepted", "wrapping", "completed"];
/** Most reservations that are listed one by one. */
const maxShown = 10;

/** Was the task offered and accepted, and did the agent join the chat with the right role? */
export async function reservations(given: Case): Promise<Observation> {
  const { taskSid } = given.journey;
  if (taskSid === undefined) return skipped("There is no task to offer.");
  return offered(given, taskSid, {
    roleProblem: () => roleProblem(given),
    joined: (agent) => inChat(given, agent),
  });
}

/** Who has accepted a task. */
export interface Holder {
  readonly reservation: ReservationInstance;
  readonly identity: string;
  /** Whether they still work on it, so that they must be in the conversation. */
  readonly isAtWork: boolean;
  /** What became of the offers, as a sentence begins. */
  readonly line: string;
  readonly more: { readonly at: Date; readonly sids: readonly string[] };
}

/** How those who accept get into the conversation. */
export interface Joining {
  /** What is wrong with the role that agents get there. */
  roleProblem(): Promise<Problem | undefined>;
  /** Whether who accepted is there. */
  joined(holder: Holder): Promise<Observation>;
}

/** Was a task offered and accepted, and did the agent join its conversation? */
export async function offered(given: Circumstances, taskSid: string, joining: Joining): Promise<Observation> {
  const { reads } = given;
  const task = await reads.taskrouter.task(taskSid);
  if (task === undefined) return afterwards(given, taskSid);
  const all = [...(await reads.taskrouter.reservations(task.sid))].sort(
    (one, other) => one.dateCreated.getTime() - other.dateCreated.getTime(),
  );
  if (all.length === 0) return skipped("The task was never offered to anybody.");
  const holder = all.findLast(({ reservationStatus }) => held.includes(reservationStatus));
  if (holder !== undefined) return accepted(given, holder, all, joining);
  const pending = all.filter(({ reservationStatus }) => reservationStatus === "pending");
  const role = await joining.roleProblem();
  if (role?.cause === "agent-role-missing") return broken(role, shown(all));
  const over = all.filter(({ reservationStatus }) => reservationStatus !== "pending");
  if (pending.length > 0)
    return waiting(
      `Offered to ${pending.map(({ workerName }) => workerName).join(", ")}, who ${pending.length > 1 ? "have" : "has"} not answered yet${before(over)}.`,
      {
        at: pending[0]?.dateCreated,
        sids: pending.map(({ sid }) => sid),
        ...(role !== undefined && { remarks: [role] }),
      },
    );
  if (task.assignmentStatus === "canceled" && !wasOfferedInVain(task, all))
    return skipped(`The task is canceled; before, it was offered: ${outcomes(all)}.`);
  const callback = (await reads.taskrouter.workflow(task.workflowSid))?.assignmentCallbackUrl;
  return broken(failed(task, all, callback), shown(all));
}

/** The reservations went with the task; its events tell of them. */
async function afterwards({ reads }: Circumstances, taskSid: string): Promise<Observation> {
  const past = await pastReservations(taskSid, reads);
  const taken = past.find(({ status }) => status === "accepted");
  if (taken === undefined) return skipped("The reservations went with the task.");
  const line = counted(past.map(({ workerName, status }) => `${workerName} ${status}`));
  return ok(`The reservations went with the task; its events say: ${line}.`, { at: taken.at });
}

function shown(all: readonly ReservationInstance[]): Pick<Observation, "at" | "sids" | "details"> {
  const last = all.at(-1);
  return {
    at: last?.dateUpdated,
    sids: all.slice(-3).map(({ sid }) => sid),
    details: all
      .slice(-maxShown)
      .map(({ workerName, reservationStatus, sid }) => `${workerName}: ${reservationStatus} (${sid})`),
  };
}

/** `bob: timeout (3 times), ann: rejected` */
function outcomes(all: readonly ReservationInstance[]): string {
  return counted(all.map(({ workerName, reservationStatus }) => `${workerName}: ${reservationStatus}`));
}

function before(others: readonly ReservationInstance[]): string {
  return others.length > 0 ? `; before, ${outcomes(others)}` : "";
}

/** What came several times is said once. */
function counted(texts: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return [...counts].map(([text, count]) => (count > 1 ? `${text} (${count} times)` : text)).join(", ");
}

/** Whether a task was canceled because offering it came to nothing, time and again. */
export function wasOfferedInVain(
  { reason }: Pick<TaskInstance, "reason">,
  all: readonly Pick<ReservationInstance, "reservationStatus">[],
): boolean {
  if (all.length < 2) return false;
  // The last one goes with its task; those before it do not.
  const areCanceled = all.every(({ reservationStatus }) => reservationStatus === "canceled");
  return areCanceled || /assignment count/i.test(reason ?? "");
}

function failed(
  { sid: taskSid, workspaceSid }: TaskInstance,
  all: readonly ReservationInstance[],
  callback: string | undefined,
): Problem {
  const page = consolePage.task(workspaceSid, taskSid);
  const last = all.at(-1)?.reservationStatus ?? "timeout";
  const names = [...new Set(all.map(({ workerName }) => workerName))].join(", ");
  const more = all.length < maxReservations ? "" : " or more";
  const begin = `Task ${taskSid} was offered ${all.length === 1 ? "once" : `${all.length} times${more}`} and accepted by nobody`;
  if (last === "timeout")
    return {
      cause: "reservation-timeout",
      sentence: `${begin}: ${names} let it time out.`,
      fix: "TaskRouter has moved who let it time out to the timeout activity; they have to set an available one. See whether agents notice new tasks, and whether accepting fails in their browsers.",
      page,
    };
  if (last === "rejected")
    return {
      cause: "reservation-rejected",
      sentence: `${begin}: ${names} rejected it.`,
      fix: "Ask why. Somebody else has to be available in its queue, or the workflow to lead on to a larger one.",
      page,
    };
  return {
    cause: "reservation-failed",
    sentence: `${begin}: ${outcomes(all)}.`,
    fix:
      last !== "canceled"
        ? "Rescinded reservations mean that somebody else had it: see who."
        : callback
          ? `TaskRouter cancels reservations when the workflow's assignment callback does not answer as it must: see what ${callback}, and the fallback, answer.`
          : "Reservations are canceled with their worker or by a program: look in the task's events.",
    page,
  };
}

async function accepted(
  { reads }: Circumstances,
  holder: ReservationInstance,
  all: readonly ReservationInstance[],
  joining: Joining,
): Promise<Observation> {
  const more = { at: holder.dateUpdated ?? holder.dateCreated, sids: [holder.sid] };
  const others = all.filter(({ sid }) => sid !== holder.sid);
  const line = `${holder.workerName} has ${holder.reservationStatus === "wrapping" ? "wrapped it up" : `${holder.reservationStatus} it`}${before(others)}`;
  const worker = await reads.taskrouter.worker(holder.workerSid);
  const contact = worker && contactProblem(worker);
  if (contact !== undefined) return broken(contact, more);
  const role = await joining.roleProblem();
  if (role !== undefined) return broken(role, more);
  const identity = worker && identityOf(worker);
  if (identity === undefined) return ok(`${line}.`, more);
  const isAtWork = holder.reservationStatus === "accepted";
  return joining.joined({ reservation: holder, identity, isAtWork, line, more });
}

/** Whether who accepted is in the chat channel, with the right role. */
async function inChat(
  given: Case,
  { reservation: holder, identity, isAtWork, line, more }: Holder,
): Promise<Observation> {
  const { journey, reads, cleanUp } = given;
  const { channelSid } = journey;
  if (!isAtWork || channelSid === undefined) return ok(`${line}.`, more);
  if ((await reads.chat.channel(channelSid)) === undefined)
    return ok(`${line}; the chat channel is gone.`, more);
  const members = await reads.chat.members(channelSid);
  const member = members.find((one) => one.identity === identity);
  if (member === undefined) return broken(await notInside(given, channelSid, identity, members.length), more);
  // A handler of the account's own chooses the roles as well.
  const other = journey.isOwn ? undefined : memberRoleProblem(member, await reads.chat.roles(), cleanUp);
  if (other !== undefined) return broken(other, { ...more, sids: [holder.sid, member.sid] });
  return ok(`${line}, and is in the chat${journey.isOwn ? "" : " with the role agent"}.`, {
    ...more,
    sids: [holder.sid, member.sid],
  });
}

async function notInside(
  { reads, repair }: Case,
  channelSid: string,
  identity: string,
  members: number,
): Promise<Problem> {
  const limit = channelLimit(await reads.chat.service());
  const chatSid = reads.place.chatServiceSid ?? "";
  if (limit !== undefined && members >= limit)
    return {
      cause: "channel-full",
      sentence: `${identity} accepted the task and can't join chat channel ${channelSid}: it has ${members} ${members === 1 ? "member" : "members"}, as many as Chat service ${chatSid} permits (Twilio error 50403).`,
      fix: repair.or(
        "Raise Limits.ChannelMembers of the service",
        declaresMore(repair, chatSid, limit) ? chatSid : undefined,
      ),
      page: consolePage.chatService(chatSid),
    };
  const user = await reads.chat.user(identity);
  return {
    cause: user === undefined ? "agent-no-chat-user" : "agent-not-member",
    sentence: `${identity} accepted the task and is no member of chat channel ${channelSid}${user === undefined ? ", and no user of the chat service" : ""}: the agent sees no chat.`,
    fix: "Flex adds the agent when the task is accepted, unless ChatOrchestrator is overridden, the channel is none of Flex's, or somebody removed the member. Let the agent reload Flex; transfer the task if that does not help.",
    page: consolePage.channel(chatSid, channelSid),
  };
}

/** Whether the stack's program gives a channel more members than the service has it. */
function declaresMore(repair: Repair, chatSid: string, limit: number): boolean {
  const { channelMembers } = (repair.declared(chatSid)?.["limits"] ?? {}) as { channelMembers?: unknown };
  return typeof channelMembers === "number" && channelMembers > limit;
}

/** How many members a channel may have. */
function channelLimit(service: ServiceInstance | undefined): number | undefined {
  const { channel_members: limit } = (service?.limits ?? {}) as { channel_members?: unknown };
  return typeof limit === "number" ? limit : undefined;
}

async function roleProblem({ reads, cleanUp, repair }: Case): Promise<Problem | undefined> {
  const { chatServiceSid } = reads.place;
  // A service that is gone has no roles either, and is told of at the channel.
  if (chatServiceSid === undefined || (await reads.chat.service()) === undefined) return undefined;
  const roles = await reads.chat.roles();
  return agentRoleProblem(roles, chatServiceSid, cleanUp, repair);
}
