import type { InteractionInstance } from "twilio/lib/rest/proxy/v1/service/session/interaction.js";
import type { Case } from "./case.ts";
import { permitted } from "./permitted.ts";

/** What Proxy passed on in the session of a journey; nothing when that is gone, or may not be read. */
export async function interactionsOf({ journey, reads }: Case): Promise<readonly InteractionInstance[]> {
  const { session } = journey;
  if (session === undefined) return [];
  return (await permitted(() => reads.proxy.interactions(session.sid))) ?? [];
}
