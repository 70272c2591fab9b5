import * as pulumi from "@pulumi/pulumi";
import type { ChatServiceArgs, ChatWebhooksArgs } from "../chat-service/chat-service.ts";
import type {
  FlexIntegrationArgs,
  FlexMessageHandlingArgs,
  FlexMessagingArgs,
  FlexNumberArgs,
  NumberKind,
  WebhookIntegrationArgs,
} from "./args.ts";

/** Integrations that a number of each kind can have. */
const integrationTypes: Readonly<Record<NumberKind, readonly string[]>> = {
  flex: ["studio", "external", "task"],
  conversations: ["studio", "webhook"],
  custom: [],
};

export function integrationOf(
  name: string,
  all: FlexMessageHandlingArgs,
  { integration, phoneNumber }: FlexNumberArgs,
  kind: NumberKind,
): FlexIntegrationArgs | WebhookIntegrationArgs {
  const types = integrationTypes[kind];
  if (integration !== undefined && !types.includes(integration.type))
    throw new pulumi.RunError(
      `The number ${phoneNumber} of ${name} is of kind ${kind}, which has no integration of type ${integration.type}` +
        (types.length > 0 ? `: use ${types.join(" or ")}.` : ": remove it."),
    );
  const usual =
    all.integration !== undefined && types.includes(all.integration.type) ? all.integration : undefined;
  return integration ?? usual ?? { type: "studio" };
}

/** A number that is on its way as it was before, or will be after. */
export function formerly({ migration, ...number }: FlexNumberArgs): FlexNumberArgs {
  return { ...number, integration: migration?.integration };
}

/** Whether messages of a number get to the stack's flow through Flex Conversations, or will once it goes there. */
export function startsFlow(name: string, all: FlexMessageHandlingArgs, number: FlexNumberArgs): boolean {
  const { kind = all.kind, migration } = number;
  if (kind !== "conversations" && migration === undefined) return false;
  const then = kind === "conversations" ? number : formerly(number);
  return integrationOf(name, all, then, "conversations").type === "studio";
}

/** Who gets messages, of all numbers; of a stack that has none yet, who would get them. */
export function kindsOf({ kind, numbers }: FlexMessageHandlingArgs): NumberKind[] {
  const kinds = Object.values(numbers).map((number) => number.kind ?? kind);
  return kinds.length === 0 ? [kind] : kinds;
}

/** The same, of numbers that are on their way both kinds: what the one needs stays until the number has left it. */
export function handledKinds(args: FlexMessageHandlingArgs): NumberKind[] {
  const onTheirWay = Object.values(args.numbers).some(({ migration }) => migration !== undefined);
  return onTheirWay ? [...kindsOf(args), "flex", "conversations"] : kindsOf(args);
}

export function pluginSurroundings({ routing, messageHandling }: FlexMessagingArgs) {
  return { taskChannels: routing.taskChannels ?? {}, kinds: handledKinds(messageHandling) };
}

/** While a handler of your own gets messages, the chat service calls it and nobody else. */
export function chatArgs({ chat, messageHandling }: FlexMessagingArgs): ChatServiceArgs {
  const { kind, numbers, handler } = messageHandling;
  const custom = Object.values(numbers).some((number) => (number.kind ?? kind) === "custom");
  if (!custom || handler?.chat === undefined) return { ...chat };
  const nobody: { [setting in keyof Required<ChatWebhooksArgs>]: undefined } = {
    preWebhookUrl: undefined,
    postWebhookUrl: undefined,
    webhookMethod: undefined,
    webhookFilters: undefined,
    preWebhookRetryCount: undefined,
    postWebhookRetryCount: undefined,
  };
  return { ...chat, ...nobody, ...handler.chat };
}
