import { declare } from "./declaration.ts";
import { Inexpressible, requireOwnName, type Fit, type Keyed } from "./fit.ts";
import type { FoundAccount } from "./found-account.ts";
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
  const usual = integration?.type === "studio" ? integration.flowSid : undefined;
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
      throw (
        handling ??
        new Inexpressible(
          "neither Chat nor a handler of its own gets its messages (Flex Conversations is not looked at)",
        )
      );
    kinds.add(handling.kind);
    return handling.kind === "flex"
      ? flexNumber(account, messages, handling, found, fit)
      : customNumber(messages, handling, found, fit);
  });
  // Only now it is certain which numbers stay.
  for (const { key, found } of messages.numbers) {
    const handling = messages.handling.get(found.sid);
    if (numbers[key] === undefined || handling === undefined || !("kind" in handling)) continue;
    if (handling.kind === "flex") {
      fit.cover(found, [...numberProperties, "smsMethod"]);
      fit.cover(handling.pooled, ["phoneNumber"]);
      fit.cover(handling.flexFlow, flexFlowProperties);
    } else fit.cover(found, [...numberProperties, ...Object.keys(handling.handler)]);
  }
  const kind = kinds.has("flex") || !kinds.has("custom") ? "flex" : "custom";
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
  kind: "flex" | "custom";
  flexFlowName?: string;
}

const numberProperties = ["phoneNumber", "friendlyName", "smsUrl", "smsApplicationSid"];
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
  if (flow === undefined) return "no Flex Flow sends conversations through a Studio flow";
  if (shared.has(flow.id)) return `others have the same name as ${describe(flow)}`;
  if (flow.response["status"] !== "published") return `${describe(flow)} is a draft`;
  const declared = declare(account, flow);
  if ("why" in declared && !("inputs" in declared)) return `${describe(flow)}: ${declared.why}`;
  return undefined;
}
