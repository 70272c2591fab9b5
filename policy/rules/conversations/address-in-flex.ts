import type { Rule } from "../../rule.ts";
import { addressesElsewhere } from "./flex-service.ts";

export const addressInFlex: Rule = {
  id: "address-opens-in-flex",
  severity: "critical",
  level: "mandatory",
  description: "An Address whose Studio flow hands over to Flex opens its conversations in Flex's service.",
  why: "Flex adds agents to conversations of its own service alone: the task of another one reaches an agent who can't read it.",
  fix: "Set autoCreation.conversationServiceSid to the service of Flex, or defaultChatServiceSid of the Configuration.",
  scope: "stack",
  check(plan, report) {
    for (const { address, problem, forFlex } of addressesElsewhere(plan))
      if (forFlex) report(address, "autoCreation.conversationServiceSid", problem);
  },
};
