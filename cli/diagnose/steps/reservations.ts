import type { ReservationInstance } from "twilio/lib/rest/taskrouter/v1/workspace/task/reservation.js";
import { agentRoleProblem, contactProblem, identityOf, memberRoleProblem } from "../agent.ts";
import type { Case } from "../case.ts";
import { pastReservations } from "../past-reservations.ts";
import { consolePage } from "../console-page.ts";
import { broken, ok, skipped, waiting, type Observation, type Problem } from "../finding.ts";

const held = ["accepted", "wrapping", "completed"];

/** Was the task offered and accepted, and did the agent join the chat with the right role? */
export async function reservations(given: Case): Promise<Observation> {
  const { journey, reads } = given;
  if (journey.taskSid === undefined) return skipped("There is no task to offer.");
  const task = await reads.taskrouter.task(journey.taskSid);
  if (task === undefined) return afterwards(given, journey.taskSid);
  const all = [...(await reads.taskrouter.reservations(task.sid))].sort(
    (one, other) => one.dateCreated.getTime() - other.dateCreated.getTime(),
  );
  if (all.length === 0) return skipped("The task was never offered to anybody.");
  const holder = all.findLast(({ reservationStatus }) => held.includes(reservationStatus));
  if (holder !== undefined) return accepted(given, holder, all);
  const pending = all.filter(({ reservationStatus }) => reservationStatus === "pending");
  const role = await roleProblem(given);
  if (role?.cause === "agent-role-missing") return broken(role, shown(all));
  if (pending.length > 0)
    return waiting(
      `Offered to ${pending.map(({ workerName }) => workerName).join(", ")}, who ${pending.length > 1 ? "have" : "has"} not answered yet.`,
      {
        at: pending[0]?.dateCreated,
        sids: pending.map(({ sid }) => sid),
        ...(role !== undefined && { remarks: [role] }),
      },
    );
  if (task.assignmentStatus === "canceled")
    return skipped(`The task is canceled; before, it was offered: ${outcomes(all)}.`);
  return broken(failed(task.sid, all, consolePage.task(task.workspaceSid, task.sid)), shown(all));
}

/** The reservations went with the task; its events tell of them. */
async function afterwards({ reads }: Case, taskSid: string): Promise<Observation> {
  const past = await pastReservations(taskSid, reads);
  const taken = past.find(({ status }) => status === "accepted");
  if (taken === undefined) return skipped("The reservations went with the task.");
  const line = past.map(({ workerName, status }) => `${workerName} ${status}`).join(", ");
  return ok(`The reservations went with the task; its events say: ${line}.`, { at: taken.at });
}

function shown(all: readonly ReservationInstance[]): Pick<Observation, "at" | "sids" | "details"> {
  const last = all.at(-1);
  return {
    at: last?.dateUpdated,
    sids: all.slice(-3).map(({ sid }) => sid),
    details: all.map(
      ({ workerName, reservationStatus, sid }) => `${workerName}: ${reservationStatus} (${sid})`,
    ),
  };
}

/** `bob: timeout, ann: rejected` */
function outcomes(all: readonly ReservationInstance[]): string {
  return all.map(({ workerName, reservationStatus }) => `${workerName}: ${reservationStatus}`).join(", ");
}

function failed(taskSid: string, all: readonly ReservationInstance[], page: string): Problem {
  const last = all.at(-1)?.reservationStatus ?? "timeout";
  const names = [...new Set(all.map(({ workerName }) => workerName))].join(", ");
  const begin = `Task ${taskSid} was offered ${all.length === 1 ? "once" : `${all.length} times`} and accepted by nobody`;
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
    fix: "Canceled reservations mean that the assignment callback could not be reached; rescinded ones that somebody else had it.",
    page,
  };
}

async function accepted(
  given: Case,
  holder: ReservationInstance,
  all: readonly ReservationInstance[],
): Promise<Observation> {
  const { journey, reads, cleanUp } = given;
  const more = { at: holder.dateUpdated ?? holder.dateCreated, sids: [holder.sid] };
  const before = all.length > 1 ? `; before, ${outcomes(all.filter(({ sid }) => sid !== holder.sid))}` : "";
  const line = `${holder.workerName} has ${holder.reservationStatus === "wrapping" ? "wrapped it up" : `${holder.reservationStatus} it`}${before}`;
  const worker = await reads.taskrouter.worker(holder.workerSid);
  const contact = worker && contactProblem(worker);
  if (contact !== undefined) return broken(contact, more);
  const role = await roleProblem(given);
  if (role !== undefined) return broken(role, more);
  const identity = worker && identityOf(worker);
  const { channelSid } = journey;
  if (holder.reservationStatus !== "accepted" || channelSid === undefined || identity === undefined)
    return ok(`${line}.`, more);
  if ((await reads.chat.channel(channelSid)) === undefined)
    return ok(`${line}; the chat channel is gone.`, more);
  const members = await reads.chat.members(channelSid);
  const member = members.find((one) => one.identity === identity);
  if (member === undefined) return broken(await notInside(given, channelSid, identity), more);
  const other = memberRoleProblem(member, await reads.chat.roles(), cleanUp);
  if (other !== undefined) return broken(other, { ...more, sids: [holder.sid, member.sid] });
  return ok(`${line}, and is in the chat with the role agent.`, { ...more, sids: [holder.sid, member.sid] });
}

async function notInside({ reads }: Case, channelSid: string, identity: string): Promise<Problem> {
  const user = await reads.chat.user(identity);
  const serviceSid = reads.place.chatServiceSid ?? "";
  return {
    cause: user === undefined ? "agent-no-chat-user" : "agent-not-member",
    sentence: `${identity} accepted the task and is no member of chat channel ${channelSid}${user === undefined ? ", and no user of the chat service" : ""}: the agent sees no chat.`,
    fix: "Flex adds the agent when the task is accepted, unless ChatOrchestrator is overridden, the channel is none of Flex's, or somebody removed the member. Let the agent reload Flex; transfer the task if that does not help.",
    page: consolePage.channel(serviceSid, channelSid),
  };
}

async function roleProblem({ reads, cleanUp }: Case): Promise<Problem | undefined> {
  const { chatServiceSid } = reads.place;
  // A service that is gone has no roles either, and is told of at the channel.
  if (chatServiceSid === undefined || (await reads.chat.service()) === undefined) return undefined;
  const roles = await reads.chat.roles();
  return agentRoleProblem(roles, chatServiceSid, cleanUp);
}
