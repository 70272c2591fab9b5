/** Pulumi components of a Flex 1.x messaging setup. */
export * from "./chat-service/agent-role.ts";
export * from "./chat-service/chat-service.ts";
export * from "./flex-messaging/flex-messaging.ts";
export * from "./flex-plugin/plugin-configuration.ts";
export * from "./message-handling/message-handling.ts";
export * from "./message-handling/proxy-webhook.ts";
export * from "./messaging-flow/definition.ts";
export * from "./messaging-flow/exported-flow.ts";
export * from "./messaging-flow/messaging-flow.ts";
export * from "./messaging-flow/standard-flow.ts";
export type * from "./messaging-flow/step.ts";
export * from "./messaging-flow/steps.ts";
export * from "./proxy-service/proxy-service.ts";
export * from "./task-routing/targeted-routing.ts";
export * from "./task-routing/task-routing.ts";
export * from "./task-routing/workflow-configuration.ts";
export type { Keyed } from "./keyed.ts";
export type { Transform } from "./transform.ts";
