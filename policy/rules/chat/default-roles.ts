import type { PlannedResource } from "../../planned.ts";
import type { Rule } from "../../rule.ts";
import { textOf } from "../../unknown.ts";

/** Whose role a property decides, by the names of each API. */
const chatDefaults = [
  ["defaultServiceRoleSid", "users in the service"],
  ["defaultChannelRoleSid", "members in a channel"],
  ["defaultChannelCreatorRoleSid", "a channel's creator"],
] as const;
const conversationDefaults = [
  ["defaultChatServiceRoleSid", "users in the service"],
  ["defaultConversationRoleSid", "participants in a conversation"],
  ["defaultConversationCreatorRoleSid", "a conversation's creator"],
] as const;

export const defaultRoles: Rule = {
  id: "chat-default-roles",
  severity: "medium",
  level: "advisory",
  description: "The default roles of a service of Chat or Conversations stay those that Twilio made with it.",
  why: "They decide what customers and bots may do in every new conversation; one that points elsewhere changes that for all of them at once.",
  fix: "Leave the property out, or make sure that the role allows what these people need.",
  scope: "resource",
  check(plan, report) {
    const told = (resource: PlannedResource, property: string, whose: string, role: unknown) => {
      if (role === undefined) return;
      report(resource, property, `points ${whose} at ${textOf(role) ?? "a role that this change makes"}`);
    };
    for (const service of plan.of("twilio:chat:Service"))
      for (const [property, whose] of chatDefaults)
        told(service, property, whose, service.properties[property]);
    for (const service of plan.of("twilio:conversations:ServiceConfiguration"))
      for (const [property, whose] of conversationDefaults)
        told(service, property, whose, service.properties[property]);
  },
};
