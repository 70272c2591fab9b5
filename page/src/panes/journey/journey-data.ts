import { flex } from "../../data/account.ts";
import { own, Refusal, twilio } from "../../data/api.ts";
import type { RoutingTrace } from "../../../../routing/workflow/trace.ts";

/** The parts of a journey in the order in which a message passes them. */
export const stages = [
  ["number", "Number"],
  ["handler", "Handler"],
  ["proxy", "Proxy"],
  ["chat", "Conversation"],
  ["studio", "Studio"],
  ["task", "Task"],
  ["agent", "Agent"],
  ["outbound", "Answer"],
  ["completion", "Completion"],
] as const;

export interface JourneySummary {
  readonly sid: string;
  readonly began: string;
  readonly last: string;
  readonly text: string;
  readonly stage: string;
  readonly stages: readonly string[];
  readonly errors: number;
  readonly from: string | null;
  readonly to: string | null;
  readonly words: string | null;
  readonly name: string | null;
}

export interface Entry {
  readonly time: string;
  readonly conversation: string;
  readonly stage: string;
  readonly text: string;
  readonly sid: string | null;
  /** Set when it went wrong; 0 for what Twilio has no code for. */
  readonly code: number | null;
}

export interface Journey {
  readonly conversation: string | null;
  readonly entries: readonly Entry[];
}

export interface ExecutionStep {
  readonly sid: string;
  readonly time: string;
  readonly event: string;
  readonly type: string;
  readonly from: string;
  readonly to: string | null;
  readonly changed: Readonly<Record<string, unknown>>;
}

export interface Execution {
  readonly sid: string;
  readonly flow: { readonly sid: string; readonly name: string | null };
  readonly status: string;
  readonly state: string | null;
  readonly waiting: string | null;
  readonly until: string | null;
  readonly steps: readonly ExecutionStep[];
  readonly context: unknown;
}

export interface Webhook {
  readonly sid: string;
  readonly time: string;
  readonly purpose: string;
  readonly method: string;
  readonly url: string;
  readonly parameters: unknown;
  readonly data: unknown;
  readonly status: string;
  readonly attempts: readonly { readonly time: string; readonly status: number; readonly failure?: string }[];
  readonly problem?: { readonly code: number; readonly message: string };
}

export interface Task {
  readonly sid: string;
  readonly assignment_status: string;
  readonly reason: string | null;
  readonly task_queue_friendly_name: string | null;
  readonly workflow_friendly_name: string | null;
  readonly task_channel_unique_name: string;
  readonly attributes: string;
  readonly reservations: readonly {
    readonly sid: string;
    readonly worker_name: string;
    readonly reservation_status: string;
    readonly date_created: string;
  }[];
  /** Why it is where it is, as long as it waits for somebody. */
  readonly trace: RoutingTrace | null;
}

/** How many webhooks are looked through for those of a journey. */
const looked = 200;

export async function recentJourneys(): Promise<readonly JourneySummary[]> {
  return (await own<{ journeys: JourneySummary[] }>("GET", "/journeys?limit=60")).journeys;
}

export function journey(sid: string): Promise<Journey> {
  return own<Journey>("GET", `/journeys/${sid}?wait=false&whole=true`);
}

/** Undefined where it is there no more. */
export function execution(sid: string): Promise<Execution | undefined> {
  return own<Execution>("GET", `/executions/${sid}`).catch(gone);
}

/** The webhooks that name one of these SIDs. */
export async function webhooksOf(sids: readonly string[]): Promise<readonly Webhook[]> {
  const { webhooks } = await own<{ webhooks: Webhook[] }>("GET", `/webhooks?limit=${looked}`);
  return webhooks.filter((webhook) => {
    const text = JSON.stringify([webhook.parameters, webhook.data]);
    return sids.some((sid) => text.includes(sid));
  });
}

/** Undefined where it is there no more: ended ones are removed after a while. */
export async function task(sid: string): Promise<Task | undefined> {
  const { taskrouter_workspace_sid: workspace } = await flex();
  const at = `taskrouter.twilio.com/v1/Workspaces/${workspace ?? ""}/Tasks/${sid}`;
  try {
    const [found, { reservations }] = await Promise.all([
      twilio<Omit<Task, "reservations" | "trace">>("GET", at),
      twilio<Pick<Task, "reservations">>("GET", `${at}/Reservations?PageSize=50`),
    ]);
    const waits = ["pending", "reserved"].includes(found.assignment_status);
    const { trace } = waits
      ? await own<{ trace: RoutingTrace | null }>("GET", `/routing/${sid}`)
      : { trace: null };
    return { ...found, reservations, trace };
  } catch (error) {
    return gone(error);
  }
}

function gone(error: unknown): undefined {
  if (error instanceof Refusal && error.status === 404) return undefined;
  throw error;
}
