import type { Json } from "../../provider/access.ts";
import {
  formerOf,
  ifExpressible,
  type Former,
  type FoundIntegration,
  type FoundOpening,
  type Next,
} from "./both-worlds.ts";
import { Inexpressible } from "./fit.ts";
import { openingOf, settingsOf, type Opening } from "./address-opening.ts";
import { isOnConversations, type FoundAccount } from "./found-account.ts";
import { describe, textOf, type Found } from "./found.ts";

/** Whom Twilio calls with a number's messages. */
export interface FoundHandler {
  smsUrl: string;
  smsMethod: string;
  smsFallbackUrl?: string;
  smsFallbackMethod?: string;
}

/** Who gets the messages of a number. */
export type NumberHandling =
  | { kind: "conversations"; address: Found; integration: FoundOpening; former?: Former | undefined }
  | {
      kind: "flex";
      flexFlow: Found;
      pooled: Found;
      integration: FoundIntegration;
      next?: Next | undefined;
    }
  | { kind: "custom"; handler: FoundHandler };

/**
 * Who gets the messages of a number, as a component would set it up.
 *
 * @throws Inexpressible when it is set up otherwise
 */
export function numberHandling(account: FoundAccount, number: Found): NumberHandling {
  const { accountSid, chat, proxy, shared } = account;
  const phoneNumber = textOf(number.response, "phoneNumber");
  const flexFlows = account.flexFlows.filter(
    ({ response }) => response["contactIdentity"] === phoneNumber && response["channelType"] === "sms",
  );
  const enabled = flexFlows.filter(({ response }) => response["enabled"] === true);
  const smsUrl = textOf(number.response, "smsUrl");
  const handledByFlex = /\/Proxy\/KS[0-9a-f]{32}\/Webhooks\/Message$/.test(smsUrl);

  for (const [property, what] of number.withheld) throw new Inexpressible(`its ${property} holds ${what}`);
  if (textOf(number.response, "smsApplicationSid") !== "")
    throw new Inexpressible("a TwiML application gets its messages");
  const address = account.conversations.addresses.find(
    ({ response }) => response["address"] === phoneNumber && response["type"] === "sms",
  );
  const opening = address && openingOf(address);
  if (address && opening) {
    if (smsUrl !== "")
      throw new Inexpressible(
        "an Address opens conversations for its messages, and its smsUrl answers beside that",
      );
    if (enabled.length > 0)
      throw new Inexpressible("it has an Address and a Flex Flow, which both are enabled");
    const integration = conversationsOf(account, address, opening);
    const former = formerOf(account, number, flexFlows, integrationOf);
    return { kind: "conversations", address, integration, former };
  }
  if (!handledByFlex) {
    if (enabled.length > 0)
      throw new Inexpressible("it has a Flex Flow, but its messages do not go to Proxy: half configured");
    if (smsUrl === "") throw new Inexpressible("nobody gets its messages");
    if (isOnConversations(account))
      throw new Inexpressible(
        "a handler gets its messages, for which the configuration wants a Proxy service",
      );
    return { kind: "custom", handler: handlerOf(number) };
  }
  const [flexFlow] = enabled;
  const pooled = account.pool.find(({ sid }) => sid === number.sid);
  if (flexFlow === undefined)
    throw new Inexpressible("its messages go to Proxy, but no Flex Flow of its own is enabled");
  if (proxy === undefined || pooled === undefined || smsUrl !== proxyWebhook(accountSid, proxy.sid))
    throw new Inexpressible("its messages go to another Proxy service than that of Flex");
  if (textOf(number.response, "smsMethod") !== "POST") throw new Inexpressible("its smsMethod is not POST");
  if (shared.has(flexFlow.id) || flexFlows.length > 1)
    throw new Inexpressible(`it has ${flexFlows.length} Flex Flows`);
  if (flexFlow.response["chatServiceSid"] !== chat?.sid)
    throw new Inexpressible(`${describe(flexFlow)} is of another chat service`);
  const off = address && settingsOf(address);
  const next = off && ifExpressible(() => ({ address, integration: conversationsOf(account, address, off) }));
  return { kind: "flex", flexFlow, pooled, integration: integrationOf(flexFlow), next };
}

/** What an Address does with a new conversation, where the components would do the same. */
function conversationsOf(account: FoundAccount, address: Found, opening: Opening): FoundOpening {
  const {
    type,
    conversationServiceSid,
    studioFlowSid,
    webhookUrl,
    webhookMethod = "POST",
    webhookFilters,
  } = opening;
  const elsewhere = otherDefaultService(account);
  if (elsewhere !== undefined) throw new Inexpressible(elsewhere);
  if (conversationServiceSid !== account.chat?.sid)
    throw new Inexpressible(`${describe(address)} opens conversations in another service than that of Flex`);
  for (const [property, what] of address.withheld)
    throw new Inexpressible(`the ${property} of its Address holds ${what}`);
  if (type === "webhook" && webhookUrl !== undefined)
    return { type, url: webhookUrl, method: webhookMethod.toUpperCase(), filters: webhookFilters };
  if (type !== "studio" || studioFlowSid === undefined)
    throw new Inexpressible("nobody hears of the conversations that its Address opens");
  return { type, flowSid: studioFlowSid };
}

/** Why the component of the account's settings can't declare them as they are. */
export function otherDefaultService({ chat, conversations }: FoundAccount): string | undefined {
  const sid = textOf(conversations.configuration?.response ?? {}, "defaultChatServiceSid");
  return sid === chat?.sid
    ? undefined
    : `the default service of conversations is ${sid === "" ? "not set" : sid}, and not that of Flex`;
}

function integrationOf(flexFlow: Found): FoundIntegration {
  const given = flexFlow.inputs["integration"];
  const settings = (typeof given === "object" && given !== null ? given : {}) as Record<string, Json>;
  const text = (property: string) => {
    const value = settings[property];
    if (typeof value === "string" && value !== "") return value;
    throw new Inexpressible(`the integration of ${describe(flexFlow)} has no ${property}`);
  };
  const number = (property: string) => {
    const value = settings[property];
    return typeof value === "number" ? value : undefined;
  };
  switch (flexFlow.inputs["integrationType"]) {
    case "studio":
      return { type: "studio", flowSid: text("flowSid") };
    case "external":
      return { type: "external", url: text("url") };
    case "task":
      return {
        type: "task",
        workspaceSid: text("workspaceSid"),
        workflowSid: text("workflowSid"),
        channel: text("channel"),
        timeout: number("timeout"),
        priority: number("priority"),
      };
    default:
      throw new Inexpressible(`${describe(flexFlow)} has no integration`);
  }
}

function handlerOf({ response }: Found): FoundHandler {
  const smsFallbackUrl = textOf(response, "smsFallbackUrl");
  return {
    smsUrl: textOf(response, "smsUrl"),
    smsMethod: textOf(response, "smsMethod"),
    ...(smsFallbackUrl === ""
      ? {}
      : { smsFallbackUrl, smsFallbackMethod: textOf(response, "smsFallbackMethod") }),
  };
}

/** Where Twilio takes a number's messages into a Proxy service. */
function proxyWebhook(accountSid: string, proxySid: string): string {
  return `https://webhooks.twilio.com/v1/Accounts/${accountSid}/Proxy/${proxySid}/Webhooks/Message`;
}

/** The value that most have, by meaning; the first of those that are as frequent. */
export function mostCommon<Value>(values: readonly Value[]): Value | undefined {
  const counts = new Map<string, { value: Value; count: number }>();
  for (const value of values) {
    const key = JSON.stringify(value);
    const known = counts.get(key) ?? { value, count: 0 };
    counts.set(key, { value, count: known.count + 1 });
  }
  return [...counts.values()].reduce<{ value: Value; count: number } | undefined>(
    (best, next) => (best === undefined || next.count > best.count ? next : best),
    undefined,
  )?.value;
}
