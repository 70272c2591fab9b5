import { hearsConversations } from "./hears-conversations.ts";
import type { Messages } from "./find-messages.ts";
import type { Fit } from "./fit.ts";
import { textOf, type Found } from "./found.ts";
import type { NumberHandling } from "./number-handling.ts";

/** What the configuration says of a number that is on its way; undefined where it is not, or that can't be said. */
export function migrationOf(
  { integration: usual, flow }: Messages,
  handling: NumberHandling,
  fit: Fit,
): { readonly stage: "prepared" | "cut"; readonly integration?: object } | undefined {
  if (handling.kind === "flex" && handling.next !== undefined) {
    const { integration } = handling.next;
    if (integration.type === "webhook")
      return { stage: "prepared", integration: { ...integration, filters: [...integration.filters] } };
    const isOwn = flow !== undefined && integration.flowSid === flow.sid;
    return isOwn && hearsConversations(flow.inputs["definition"]) ? { stage: "prepared" } : undefined;
  }
  if (handling.kind !== "conversations" || handling.former === undefined) return undefined;
  const { integration } = handling.former;
  if (fit.whyLeft("messageHandling.integration") !== undefined) return undefined;
  if (integration.type === "studio" && integration.flowSid !== flow?.sid) return undefined;
  if (JSON.stringify(integration) === JSON.stringify(usual)) return { stage: "cut" };
  if (integration.type === "task") return undefined;
  return { stage: "cut", integration: integration.type === "studio" ? { type: "studio" } : integration };
}

/** The name of an Address, where it is not the usual one. */
export function addressNameOf(address: Found, number: Found): { addressName?: string } {
  const name = textOf(address.response, "friendlyName");
  const usual =
    textOf(number.response, "friendlyName") || `Messages to ${textOf(number.response, "phoneNumber")}`;
  return name === usual ? {} : { addressName: name };
}

/** The name of a Flex Flow, where it is not the usual one. */
export function flexFlowNameOf({ name }: Found, number: Found): { flexFlowName?: string } {
  return name === `Messages to ${textOf(number.response, "phoneNumber")}` ? {} : { flexFlowName: name };
}
