import type { Rule } from "../../rule.ts";

/** What messages would be lost with. */
export const protectedTypes: readonly string[] = [
  "twilio:api:IncomingPhoneNumber",
  "twilio:chat:Role",
  "twilio:chat:Service",
  "twilio:conversations:Role",
  "twilio:conversations:Service",
  "twilio:proxy:Service",
  "twilio:taskrouter:Workspace",
];

export const protectedResources: Rule = {
  id: "message-path-protected",
  severity: "high",
  level: "mandatory",
  description:
    "Numbers, services of Chat, Conversations and Proxy, roles and workspace of a real account are protected.",
  why: "Deleting or replacing one of them loses a number for good, all running conversations, or the agents' way into them.",
  fix: "Set flex-messaging:protect to true (protect: true in a program). To take one away on purpose, leave it protected and name it in flex-messaging:allowedDeletions.",
  scope: "resource",
  check(plan, report) {
    for (const resource of plan.all)
      if (protectedTypes.includes(resource.type) && !resource.local && !resource.protect)
        report(resource, "", "is not protected");
  },
};
