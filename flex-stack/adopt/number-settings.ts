import type { Messages } from "./find-messages.ts";
import { Inexpressible, requireOwnName, type Fit } from "./fit.ts";
import type { FoundAccount } from "./found-account.ts";
import { describe, textOf, type Found } from "./found.ts";
import { hearsConversations } from "./hears-conversations.ts";
import type { NumberHandling } from "./number-handling.ts";
import { addressNameOf, flexFlowNameOf, migrationOf } from "./number-migration.ts";

/** What the configuration says of a number. */
export interface NumberSettings {
  phoneNumber: string;
  friendlyName?: string;
  kind: NumberHandling["kind"];
  flexFlowName?: string;
  addressName?: string;
  integration?: object;
  migration?: object;
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
      return conversationsNumber(messages, handling, found, fit);
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
  messages: Messages,
  handling: NumberHandling & { kind: "flex" },
  found: Found,
  fit: Fit,
): NumberSettings {
  const { integration, flow } = messages;
  const why = fit.whyLeft("messageHandling.integration");
  if (why !== undefined) throw new Inexpressible(`what happens with its conversations: ${why}`);
  if (JSON.stringify(handling.integration) !== JSON.stringify(integration))
    throw new Inexpressible("its conversations go elsewhere than those of the other numbers");
  if (handling.integration.type === "studio" && handling.integration.flowSid !== flow?.sid)
    throw new Inexpressible(`its Flex Flow runs ${handling.integration.flowSid}, which is not there`);
  requireOwnName(found, account.shared);
  const migration = migrationOf(messages, handling, fit);
  return {
    phoneNumber: textOf(found.response, "phoneNumber"),
    ...namedNumber(found),
    kind: "flex",
    ...flexFlowNameOf(handling.flexFlow, found),
    ...(migration && handling.next && { ...addressNameOf(handling.next.address, found), migration }),
  };
}

function conversationsNumber(
  messages: Messages,
  handling: NumberHandling & { kind: "conversations" },
  found: Found,
  fit: Fit,
): NumberSettings {
  const { flow } = messages;
  const { address, integration: opening, former } = handling;
  if (opening.type === "studio") {
    if (opening.flowSid !== flow?.sid)
      throw new Inexpressible(
        `its Address runs ${opening.flowSid}, which is not the Studio flow of the configuration`,
      );
    if (!hearsConversations(flow.inputs["definition"]))
      throw new Inexpressible(`${describe(flow)} does nothing with messages of Flex Conversations`);
  }
  const migration = migrationOf(messages, handling, fit);
  const own = opening.type === "webhook" ? { ...opening, filters: [...opening.filters] } : undefined;
  return {
    phoneNumber: textOf(found.response, "phoneNumber"),
    ...namedNumber(found),
    kind: "conversations",
    ...(migration && former && flexFlowNameOf(former.flexFlow, found)),
    ...addressNameOf(address, found),
    ...(own && { integration: own }),
    ...(migration && { migration }),
  };
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
export function coverNumber(found: Found, messages: Messages, handling: NumberHandling, fit: Fit): void {
  const isOnItsWay = migrationOf(messages, handling, fit) !== undefined;
  switch (handling.kind) {
    case "flex":
      fit.cover(found, [...numberProperties, "smsMethod"]);
      fit.cover(handling.pooled, ["phoneNumber"]);
      fit.cover(handling.flexFlow, flexFlowProperties);
      if (isOnItsWay && handling.next) fit.cover(handling.next.address, addressProperties);
      break;
    case "conversations":
      fit.cover(found, numberProperties);
      fit.cover(handling.address, addressProperties);
      if (isOnItsWay && handling.former) {
        fit.cover(handling.former.pooled, ["phoneNumber"]);
        fit.cover(handling.former.flexFlow, flexFlowProperties);
      }
      break;
    case "custom":
      fit.cover(found, [...numberProperties, ...Object.keys(handling.handler)]);
  }
}
