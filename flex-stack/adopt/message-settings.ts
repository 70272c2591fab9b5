import { declare } from "./declaration.ts";
import type { Messages } from "./find-messages.ts";
import { Inexpressible, type Fit } from "./fit.ts";
import { isOnConversations, type FoundAccount } from "./found-account.ts";
import { describe } from "./found.ts";
import type { FoundIntegration } from "./both-worlds.ts";
import type { NumberHandling } from "./number-handling.ts";
import { coverNumber, numberSettings } from "./number-settings.ts";
import { keyOf, type RoutingKeys } from "./routing-settings.ts";

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
    coverNumber(found, messages, handling, fit);
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

/** A stack that does without Chat has numbers of Conversations alone, also the first one that it gets. */
function usualKind(account: FoundAccount, kinds: ReadonlySet<string>): NumberHandling["kind"] {
  if (isOnConversations(account)) return "conversations";
  if (kinds.has("flex")) return "flex";
  if (kinds.has("custom")) return "custom";
  return kinds.has("conversations") ? "conversations" : "flex";
}

/** Settings of Flex Flows that hold for all numbers, where they are the same for all. */
function conversationSettings({ numbers, handling }: Messages, kept: Record<string, object>): object {
  const flexFlows = numbers.flatMap(({ key, found }) => {
    const own = handling.get(found.sid);
    if (kept[key] === undefined || own === undefined || !("kind" in own)) return [];
    if (own.kind === "conversations")
      return "migration" in kept[key] && own.former ? own.former.flexFlow : [];
    return own.kind === "flex" ? own.flexFlow : [];
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
