import { Inexpressible } from "./fit.ts";
import type { FoundAccount } from "./found-account.ts";
import type { Found } from "./found.ts";

/** What happens with a new conversation that Flex handles, with SIDs. */
export type FoundIntegration =
  | { type: "studio"; flowSid: string }
  | { type: "external"; url: string }
  | {
      type: "task";
      workspaceSid: string;
      workflowSid: string;
      channel: string;
      timeout: number | undefined;
      priority: number | undefined;
    };

/** What happens with a new conversation that an Address opens, with SIDs. */
export type FoundOpening =
  | { type: "studio"; flowSid: string }
  | { type: "webhook"; url: string; method: string; filters: readonly string[] };

/** What handled a number before its Address did: the Flex Flow is off, and the number still in the pool. */
export interface Former {
  readonly flexFlow: Found;
  readonly pooled: Found;
  readonly integration: FoundIntegration;
}

/** The Address of a number that Chat and Proxy handle: it is off. */
export interface Next {
  readonly address: Found;
  readonly integration: FoundOpening;
}

/** Whether a Flex Flow that is off and a place in the pool are what a number that was cut has. */
export function formerOf(
  { chat, proxy, pool, shared }: FoundAccount,
  number: Found,
  flexFlows: readonly Found[],
  integrationOf: (flexFlow: Found) => FoundIntegration,
): Former | undefined {
  const [flexFlow] = flexFlows;
  const pooled = pool.find(({ sid }) => sid === number.sid);
  if (flexFlow === undefined || flexFlows.length > 1 || shared.has(flexFlow.id)) return undefined;
  if (pooled === undefined || proxy === undefined || flexFlow.response["chatServiceSid"] !== chat?.sid)
    return undefined;
  return ifExpressible(() => ({ flexFlow, pooled, integration: integrationOf(flexFlow) }));
}

/** What can't be said is undefined. */
export function ifExpressible<T>(find: () => T): T | undefined {
  try {
    return find();
  } catch (error) {
    if (error instanceof Inexpressible) return undefined;
    throw error;
  }
}
