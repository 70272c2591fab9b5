import type { Rule } from "../../rule.ts";
import { textOf } from "../../unknown.ts";

const defaults = [
  ["defaultServiceRoleSid", "users in the service"],
  ["defaultChannelRoleSid", "members in a channel"],
  ["defaultChannelCreatorRoleSid", "a channel's creator"],
] as const;

export const defaultRoles: Rule = {
  id: "chat-default-roles",
  severity: "medium",
  level: "advisory",
  description: "The default roles of a chat service stay those that Twilio made with it.",
  why: "They decide what customers and bots may do in every new conversation; one that points elsewhere changes that for all of them at once.",
  fix: "Leave the property out, or make sure that the role allows what these people need.",
  scope: "resource",
  check(plan, report) {
    for (const service of plan.of("twilio:chat:Service"))
      for (const [property, whose] of defaults) {
        const role = service.properties[property];
        if (role === undefined) continue;
        report(service, property, `points ${whose} at ${textOf(role) ?? "a role that this change makes"}`);
      }
  },
};
