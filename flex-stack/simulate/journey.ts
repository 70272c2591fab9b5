import { TwilioRefusal, type TwilioHttp } from "./twilio-http.ts";

/** Something that happened to a message, as the local Twilio tells it. */
export interface JourneyEntry {
  readonly time: string;
  readonly conversation: string;
  readonly stage: string;
  readonly text: string;
  /** The resource that came of it. */
  readonly sid: string | null;
  /** Twilio's error code when it went wrong; 0 for what Twilio has no code for. */
  readonly code: number | null;
}

export interface Journey {
  /** The chat channel, or the Studio execution, that the message came into. */
  readonly conversation: string | null;
  readonly entries: readonly JourneyEntry[];
}

/** What happened to a message until nothing more happens by itself. */
export function readJourney(http: TwilioHttp, sid: string): Promise<Journey> {
  return http.send<Journey>({ method: "GET", url: `/_emulator/journeys/${sid}` });
}

/** A task of a conversation, and who has it or was offered it. */
export interface ConversationTask {
  readonly sid: string;
  readonly status: string;
  /** Names of workers. */
  readonly agents: readonly string[];
}

/** The task that a journey led to; undefined when there is none, or none any more. */
export async function taskOf(http: TwilioHttp, { entries }: Journey): Promise<ConversationTask | undefined> {
  const sid = entries.findLast((entry) => entry.sid?.startsWith("WT") && entry.code === null)?.sid;
  if (sid === undefined || sid === null) return undefined;
  const { taskrouter_workspace_sid: workspaceSid } = await http.send<{ taskrouter_workspace_sid: string }>({
    method: "GET",
    url: "https://flex-api.twilio.com/v1/Configuration",
  });
  const url = `https://taskrouter.twilio.com/v1/Workspaces/${workspaceSid}/Tasks/${sid}`;
  try {
    const task = await http.send<{ assignment_status: string }>({ method: "GET", url });
    const { reservations } = await http.send<{
      reservations: { worker_name: string; reservation_status: string }[];
    }>({ method: "GET", url: `${url}/Reservations` });
    const agents = reservations.filter((one) => ["pending", "accepted"].includes(one.reservation_status));
    return { sid, status: task.assignment_status, agents: agents.map(({ worker_name }) => worker_name) };
  } catch (error) {
    // A task that is over is deleted after a while; its conversation may go on.
    if (error instanceof TwilioRefusal && error.status === 404) return undefined;
    throw error;
  }
}

/** Whether the conversation's flow waits for the customer's answer. */
export function waitsForReply({ entries }: Journey): boolean {
  const last = entries.findLast(({ stage }) => stage === "studio");
  return last !== undefined && last.text.includes(" waits for a reply ");
}

/** What went wrong last since a message came in; a webhook that is told afterwards holds no message up. */
export function failureSince({ entries }: Journey, messageSid: string): JourneyEntry | undefined {
  const since = entries.findIndex(({ conversation }) => conversation === messageSid);
  return entries.slice(since).findLast(({ code, stage }) => code !== null && stage !== "webhook");
}

/** What webhooks answered that failed since a message came in. */
export function failedWebhooks({ entries }: Journey, messageSid: string): string[] {
  const since = entries.findIndex(({ conversation }) => conversation === messageSid);
  const failed = entries.slice(since).filter(({ code, stage }) => code !== null && stage === "webhook");
  return [...new Set(failed.map(({ text }) => text))];
}
