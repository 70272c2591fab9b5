import type { StackRun } from "../session/stack-run.ts";
import { requireHere } from "../whereabouts/require-here.ts";
import { localAccount } from "./local-account.ts";
import { unexpected } from "./refusal.ts";
import { TwilioHttp, TwilioRefusal } from "./twilio-http.ts";
import { Workforce } from "./workers.ts";

/** An agent as they are, after what was asked for. */
export interface AgentState {
  readonly worker: string;
  readonly sid: string;
  readonly activity: string;
  readonly available: boolean;
  /** The activity before; null where it was not changed. */
  readonly before: string | null;
  /** Reservations that are not over, oldest first. */
  readonly reservations: readonly {
    readonly sid: string;
    readonly taskSid: string;
    readonly status: string;
  }[];
}

/**
 * Looks at an agent of a stack on its local Twilio, or gives them another activity.
 *
 * @param activity name or SID; undefined to only look
 * @throws Failure when the stack is on no local Twilio, or has no such worker or activity
 */
export async function agentState(
  stackRun: StackRun,
  worker: string,
  activity: string | undefined,
): Promise<AgentState> {
  try {
    const account = localAccount(stackRun);
    await requireHere(stackRun, (await stackRun.session.deployed()) ?? []);
    const http = new TwilioHttp(account, stackRun.signal);
    const workforce = await Workforce.read(http);
    const found = workforce.worker(worker);
    const wanted = workforce.activity(activity ?? found.activity_sid);
    const changes = wanted.sid !== found.activity_sid;
    if (changes) await workforce.set(found.sid, wanted.sid);
    return {
      worker: found.friendly_name,
      sid: found.sid,
      activity: wanted.friendly_name,
      available: wanted.available,
      before: changes ? found.activity_name : null,
      reservations: await workforce.open(found.sid),
    };
  } catch (error) {
    throw error instanceof TwilioRefusal ? unexpected(error) : error;
  }
}
