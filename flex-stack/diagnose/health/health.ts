import { TwilioError } from "../../../provider/access.ts";
import { refusalFacts, type TwilioAccount } from "../../account/account.ts";
import { CleanUp } from "../clean-up.ts";
import type { Problem } from "../finding.ts";
import { hidden, withoutSecrets, withPagesAt } from "../mask.ts";
import type { Place } from "../../whereabouts/place.ts";
import { Reads } from "../reads/reads.ts";
import type { Repair } from "../repair.ts";
import { addresses } from "./addresses.ts";
import { agentRole, workers } from "./agents.ts";
import type { Account, Check } from "./check.ts";
import { orphanChannels, staleSessions } from "./conversations.ts";
import { executions } from "./executions.ts";
import { agentRoom, closedConversations, orphanConversations } from "./flex-conversations.ts";
import { flexFlows } from "./flex-flows.ts";
import { flows } from "./flows.ts";
import { numbers } from "./numbers.ts";
import { queues } from "./queues.ts";
import { services } from "./services.ts";
import { workflows } from "./workflows.ts";

/** In the order of a message's way. */
export const checks: readonly Check[] = [
  services,
  numbers,
  addresses,
  flexFlows,
  flows,
  workflows,
  queues,
  agentRole,
  workers,
  executions,
  staleSessions,
  orphanChannels,
  orphanConversations,
  closedConversations,
  agentRoom,
];

/** What came of one check. */
export interface Checked {
  readonly name: string;
  readonly state: "ok" | "broken" | "unknown";
  /** What holds, or why it is not known. */
  readonly sentence: string;
  readonly problems: readonly Problem[];
}

export interface Health {
  readonly result: "ok" | "broken" | "unknown";
  readonly checks: readonly Checked[];
  /** Lists that were not read to their end, a sentence each. */
  readonly cut: readonly string[];
  readonly calls: number;
}

/** Looks for what would keep the next message from an agent. Reads only. */
export async function health(
  account: TwilioAccount,
  place: Place,
  repair: Repair,
  options: { showContent?: boolean; onCheck?(name: string): void } = {},
): Promise<Health> {
  const before = account.calls;
  const given = { reads: new Reads(account, place), cleanUp: new CleanUp(account), repair };
  const all: Checked[] = [];
  for (const check of checks) {
    options.onCheck?.(check.name);
    all.push(await carryOut(check, given));
    // Without Flex there is nothing to check.
    if (all.some(({ problems }) => problems.some(({ cause }) => cause === "no-flex"))) break;
  }
  const states = new Set(all.map(({ state }) => state));
  return {
    result: states.has("broken") ? "broken" : states.has("unknown") ? "unknown" : "ok",
    checks: withPagesAt(withoutSecrets(options.showContent ? all : hidden(all)), account.endpoint),
    cut: given.reads.cut,
    calls: account.calls - before,
  };
}

async function carryOut(check: Check, given: Account): Promise<Checked> {
  const { name, holds } = check;
  try {
    const problems = await check.find(given);
    if (problems.length > 0) return { name, state: "broken", sentence: holds, problems };
    const remark = await check.remark?.(given);
    return { name, state: "ok", sentence: remark === undefined ? holds : `${holds} ${remark}`, problems };
  } catch (error) {
    if (!(error instanceof TwilioError)) throw error;
    const sentence = `${given.reads.refusedBy(error)} could not be read: ${error.message} (${refusalFacts(error)}).`;
    return { name, state: "unknown", sentence, problems: [] };
  }
}
