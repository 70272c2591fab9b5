import { declare } from "./declaration.ts";
import { Inexpressible, requireOwnName, type Fit, type Keyed } from "./fit.ts";
import { isOnConversations, type FoundAccount } from "./found-account.ts";
import { describe, textOf, type Found } from "./found.ts";
import { configKey } from "./names.ts";
import {
  mostCommon,
  numberHandling,
  type FoundHandler,
  type FoundIntegration,
  type NumberHandling,
} from "./number-handling.ts";
import { flexFlowName } from "./read-account.ts";
import { keyOf, type RoutingKeys } from "./routing-settings.ts";

/** What conversations have in common, and what each number has of its own. */
export interface Messages {
  /** The Studio flow that most numbers use. */
  readonly flow: Found | undefined;
  readonly integration: FoundIntegration | undefined;
  readonly handler: FoundHandler | undefined;
  readonly numbers: readonly Keyed[];
  /** By SID of the number: who gets its messages, or why the configuration can't say that. */
  readonly handling: ReadonlyMap<string, NumberHandling | Inexpressible>;
}

/** Finds what most numbers have in common; that goes into the configuration. */
export function findMessages(account: FoundAccount): Messages {
  const taken = new Set<string>();
  const numbers = account.numbers.map((found) => ({ key: numberKey(found, taken), found }));
  const handling = new Map<string, NumberHandling | Inexpressible>();
  for (const { found } of numbers) {
    try {
      handling.set(found.sid, numberHandling(account, found));
    } catch (error) {
      if (!(error instanceof Inexpressible)) throw error;
      handling.set(found.sid, error);
    }
  }
  const all = [...handling.values()];
  const integrations = all.flatMap((value) =>
    "kind" in value && value.kind === "flex" ? value.integration : [],
  );
  const integration = mostCommon(integrations);
  const opened = all.flatMap((value) =>
    "kind" in value && value.kind === "conversations" && value.integration.type === "studio"
      ? value.integration.flowSid
      : [],
  );
  const usual = integration?.type === "studio" ? integration.flowSid : mostCommon(opened);
  return {
    flow:
      account.flows.find(({ sid }) => sid === usual) ??
      account.flows.find(({ name }) => name === flexFlowName) ??
      account.flows[0],
    integration,
    handler: mostCommon(
      all.flatMap((value) => ("kind" in value && value.kind === "custom" ? value.handler : [])),
    ),
    numbers,
    handling,
  };
}

/** `flex-messaging:messageHandling` */
export function messageHandlingSettings(
  account: FoundAccount,
  messages: Messages,
  keys: RoutingKeys,
  fit: Fit,
): object {
  const integration = integrationSettings(messages, keys, fit);
  const kinds = new Set<string>();
  const numbers = fit.entries("messageHandling.numbers", messages.numbers, [], (found) => {
    const handling = messages.handling.get(found.sid);
    if (handling === undefined || handling instanceof Inexpressible)
      throw handling ?? new Inexpressible("neither Flex nor a handler of its own gets its messages");
    const number = numberSettings(account, messages, handling, found, fit);
    kinds.add(handling.kind);
    return number;
  });
  // Only now it is certain which numbers stay.
  for (const { key, found } of messages.numbers) {
    const handling = messages.handling.get(found.sid);
    if (numbers[key] === undefined || handling === undefined || !("kind" in handling)) continue;
    if (handling.kind === "flex") {
      fit.cover(found, [...numberProperties, "smsMethod"]);
      fit.cover(handling.pooled, ["phoneNumber"]);
      fit.cover(handling.flexFlow, flexFlowProperties);
    } else if (handling.kind === "conversations") {
      fit.cover(found, numberProperties);
      fit.cover(handling.address, addressProperties);
    } else fit.cover(found, [...numberProperties, ...Object.keys(handling.handler)]);
  }
  const kind = usualKind(account, kinds);
  const lasting = conversationSettings(messages, numbers);
  return {
    kind,
    ...(integration && { integration }),
    ...lasting,
    ...(kinds.has("custom") && messages.handler && { handler: messages.handler }),
    numbers: Object.fromEntries(
      Object.entries(numbers).map(([key, { kind: own, ...number }]) => [
        key,
        own === kind ? number : { ...number, kind: own },
      ]),
    ),
  };
}

interface NumberSettings {
  phoneNumber: string;
  friendlyName?: string;
  kind: NumberHandling["kind"];
  flexFlowName?: string;
  addressName?: string;
  integration?: object;
}

/** A stack that does without Chat has numbers of Conversations alone, also the first one that it gets. */
function usualKind(account: FoundAccount, kinds: ReadonlySet<string>): NumberHandling["kind"] {
  if (isOnConversations(account)) return "conversations";
  if (kinds.has("flex")) return "flex";
  if (kinds.has("custom")) return "custom";
  return kinds.has("conversations") ? "conversations" : "flex";
}

function numberSettings(
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

/** Settings of Flex Flows that hold for all numbers, where they are the same for all. */
function conversationSettings({ numbers, handling }: Messages, kept: Record<string, object>): object {
  const flexFlows = numbers.flatMap(({ key, found }) => {
    const own = handling.get(found.sid);
    return kept[key] !== undefined && own !== undefined && "kind" in own && own.kind === "flex"
      ? own.flexFlow
      : [];
  });
  return Object.fromEntries(
    ["longLived", "janitorEnabled"].flatMap((property) => {
      const values = new Set(flexFlows.map(({ response }) => response[property] === true));
      return values.size === 1 ? [[property, [...values][0]]] : [];
    }),
  );
}

function integrationSettings({ integration }: Messages, keys: RoutingKeys, fit: Fit): object | undefined {
  if (integration?.type !== "task") return integration && { ...integrationWords(integration) };
  const workflow = keyOf(fit, "routing.workflows", keys.workflows)(integration.workflowSid);
  const taskChannel = keyOf(fit, "routing.taskChannels", keys.taskChannels)(integration.channel);
  if (workflow === undefined || taskChannel === undefined) {
    fit.leave(
      "messageHandling.integration",
      workflow === undefined
        ? `its workflow ${integration.workflowSid} is not in the configuration`
        : `its task channel is ${integration.channel}, no SID of one in the configuration`,
    );
    return undefined;
  }
  const { timeout, priority } = integration;
  return {
    type: "task",
    workflow,
    taskChannel,
    ...(timeout === undefined ? {} : { timeout }),
    ...(priority === undefined ? {} : { priority }),
  };
}

function integrationWords(integration: FoundIntegration & { type: "studio" | "external" }): object {
  return integration.type === "studio" ? { type: "studio" } : integration;
}

function numberKey({ response, name }: Found, taken: Set<string>): string {
  const phoneNumber = textOf(response, "phoneNumber");
  // Twilio's own name of a number is the number.
  const named = name.replace(/\D/g, "") === "" || !/^[\d\s()+.-]+$/.test(name);
  return named
    ? configKey(name, "number", taken)
    : configKey(`number ${phoneNumber.slice(1)}`, "number", taken);
}

/** What keeps components from expressing the numbers' Studio flow; undefined when nothing does. */
export function whyNoFlow({ flow }: Messages, account: FoundAccount): string | undefined {
  const { shared } = account;
  if (flow === undefined) return "no Flex Flow or Address sends conversations through a Studio flow";
  if (shared.has(flow.id)) return `others have the same name as ${describe(flow)}`;
  if (flow.response["status"] !== "published") return `${describe(flow)} is a draft`;
  const declared = declare(account, flow);
  if ("why" in declared && !("inputs" in declared)) return `${describe(flow)}: ${declared.why}`;
  return undefined;
}
