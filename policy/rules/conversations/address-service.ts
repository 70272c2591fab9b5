import type { Rule } from "../../rule.ts";
import { addressesElsewhere } from "./flex-service.ts";

export const addressService: Rule = {
  id: "address-service-is-flex",
  severity: "medium",
  level: "advisory",
  description: "An Address that is handled elsewhere opens its conversations in Flex's service as well.",
  why: "A handler may hand a conversation over to an agent later on, and Flex shows those of its own service alone.",
  fix: "Set autoCreation.conversationServiceSid to the service of Flex. Where no agent of Flex is meant to see them, name the Address as meant.",
  scope: "stack",
  check(plan, report) {
    for (const { address, problem, forFlex } of addressesElsewhere(plan))
      if (!forFlex) report(address, "autoCreation.conversationServiceSid", problem);
  },
};
