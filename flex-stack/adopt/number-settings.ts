import type { Messages } from "./find-messages.ts";
import { Inexpressible, requireOwnName, type Fit } from "./fit.ts";
import type { FoundAccount } from "./found-account.ts";
import { describe, textOf, type Found } from "./found.ts";
import type { NumberHandling } from "./number-handling.ts";

/** What the configuration says of a number. */
export interface NumberSettings {
  phoneNumber: string;
  friendlyName?: string;
  kind: NumberHandling["kind"];
  flexFlowName?: string;
  addressName?: string;
  integration?: object;
}

/**
 * The entry of a number, by who gets its messages.
 *
 * @throws Inexpressible when the configuration can't say that
 */
export function numberSettings(
  account: FoundAccount,
  messages: Messages,
  handling: NumberHandling,
  found: Found,
  fit: Fit,
): NumberSettings {
  switch (handling.kind) {
    case "flex":
      return flexNumber(account, messages, handling, found, fit);
    case "conversations":
      return conversationsNumber(messages, handling, found);
    case "custom":
      return customNumber(messages, handling, found, fit);
  }
}

const numberProperties = ["phoneNumber", "friendlyName", "smsUrl", "smsApplicationSid"];
const addressProperties = [
  "type",
  "address",
  "friendlyName",
  "autoCreation.enabled",
  "autoCreation.type",
  "autoCreation.conversationServiceSid",
  "autoCreation.studioFlowSid",
  "autoCreation.webhookUrl",
  "autoCreation.webhookMethod",
  "autoCreation.webhookFilters",
];
const flexFlowProperties = [
  "friendlyName",
  "chatServiceSid",
  "channelType",
  "contactIdentity",
  "enabled",
  "integrationType",
  "integration.flowSid",
  "integration.url",
  "integration.workspaceSid",
  "integration.workflowSid",
  "integration.channel",
  "integration.timeout",
  "integration.priority",
  "longLived",
  "janitorEnabled",
];

function flexNumber(
  account: FoundAccount,
  { integration, flow }: Messages,
  handling: NumberHandling & { kind: "flex" },
  found: Found,
  fit: Fit,
): NumberSettings {
  const why = fit.whyLeft("messageHandling.integration");
  if (why !== undefined) throw new Inexpressible(`what happens with its conversations: ${why}`);
  if (JSON.stringify(handling.integration) !== JSON.stringify(integration))
    throw new Inexpressible("its conversations go elsewhere than those of the other numbers");
  if (handling.integration.type === "studio" && handling.integration.flowSid !== flow?.sid)
    throw new Inexpressible(`its Flex Flow runs ${handling.integration.flowSid}, which is not there`);
  requireOwnName(found, account.shared);
  const phoneNumber = textOf(found.response, "phoneNumber");
  const { name } = handling.flexFlow;
  return {
    phoneNumber,
    ...namedNumber(found),
    kind: "flex",
    ...(name === `Messages to ${phoneNumber}` ? {} : { flexFlowName: name }),
  };
}

function conversationsNumber(
  { flow }: Messages,
  { address, integration: opening }: NumberHandling & { kind: "conversations" },
  found: Found,
): NumberSettings {
  if (opening.type === "studio") {
    if (opening.flowSid !== flow?.sid)
      throw new Inexpressible(
        `its Address runs ${opening.flowSid}, which is not the Studio flow of the configuration`,
      );
    if (!hearsConversations(flow.inputs["definition"]))
      throw new Inexpressible(`${describe(flow)} does nothing with messages of Flex Conversations`);
  }
  const phoneNumber = textOf(found.response, "phoneNumber");
  const name = textOf(address.response, "friendlyName");
  const usual = textOf(found.response, "friendlyName") || `Messages to ${phoneNumber}`;
  const own = opening.type === "webhook" ? { ...opening, filters: [...opening.filters] } : undefined;
  return {
    phoneNumber,
    ...namedNumber(found),
    kind: "conversations",
    ...(name === usual ? {} : { addressName: name }),
    ...(own && { integration: own }),
  };
}

/** Whether the trigger of a flow leads somewhere for messages of Flex Conversations, which the components want of one. */
function hearsConversations(definition: unknown): boolean {
  const { states = [], initial_state: initial } = definition as {
    states?: readonly {
      name?: string;
      transitions?: readonly { event?: string; next?: string | null }[];
    }[];
    initial_state?: string;
  };
  const trigger = states.find(({ name }) => name === initial);
  return (trigger?.transitions ?? []).some(
    ({ event, next }) => event === "incomingConversationMessage" && Boolean(next),
  );
}

function customNumber(
  { handler }: Messages,
  handling: NumberHandling & { kind: "custom" },
  found: Found,
  fit: Fit,
): NumberSettings {
  const why = fit.whyLeft("messageHandling.handler");
  if (why !== undefined) throw new Inexpressible(`its handler: ${why}`);
  if (JSON.stringify(handling.handler) !== JSON.stringify(handler))
    throw new Inexpressible(`another handler gets its messages than those of the other numbers`);
  return {
    phoneNumber: textOf(found.response, "phoneNumber"),
    ...namedNumber(found),
    kind: "custom",
  };
}

function namedNumber({ response }: Found): object {
  const friendlyName = textOf(response, "friendlyName");
  return friendlyName === "" ? {} : { friendlyName };
}

/** Notes what the entry of a number says of the number and of what handles its messages. */
export function coverNumber(found: Found, handling: NumberHandling, fit: Fit): void {
  switch (handling.kind) {
    case "flex":
      fit.cover(found, [...numberProperties, "smsMethod"]);
      fit.cover(handling.pooled, ["phoneNumber"]);
      fit.cover(handling.flexFlow, flexFlowProperties);
      break;
    case "conversations":
      fit.cover(found, numberProperties);
      fit.cover(handling.address, addressProperties);
      break;
    case "custom":
      fit.cover(found, [...numberProperties, ...Object.keys(handling.handler)]);
  }
}
