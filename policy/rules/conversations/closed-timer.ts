import type { Rule } from "../../rule.ts";
import { openingAddresses } from "../messaging/opening-address.ts";

export const closedTimer: Rule = {
  id: "conversations-are-closed",
  severity: "high",
  level: "advisory",
  description: "Where Addresses open conversations, a timer closes those in which nothing happens any more.",
  why: "A conversation keeps the customer's number until it is closed. One whose task was canceled or never made stays open without an agent, and all that the customer writes goes into it, where nobody reads it.",
  fix: "Declare twilio.conversations.Configuration with a defaultClosedTimer such as PT24H. Where something of yours closes conversations, name the resource as meant.",
  scope: "stack",
  check(plan, report) {
    // By name, so that the same one is told each time: programs register them in no certain order.
    const [first] = openingAddresses(plan)
      .map(({ resource }) => resource)
      .sort((one, other) => (one.name < other.name ? -1 : 1));
    if (!first) return;
    const configurations = plan.of("twilio:conversations:Configuration");
    if (configurations.length === 0)
      report(first, "", "opens conversations, and the stack declares no timer that closes them");
    for (const configuration of configurations)
      if (!configuration.properties.defaultClosedTimer)
        report(configuration, "defaultClosedTimer", `is not set, and ${first.name} opens conversations`);
  },
};
