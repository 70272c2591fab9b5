import type { Rule } from "../../rule.ts";
import { handledNumbers, poolPlacesOf, proxyServiceOf } from "./number-handler.ts";

export const customExcludesFlex: Rule = {
  id: "custom-number-excludes-flex",
  severity: "critical",
  level: "mandatory",
  description: "A number with a handler of its own has no handler of Flex.",
  why: "Two handlers answer the same customer, or the pool of Proxy takes the number's URL over, and one of them never hears of the message.",
  fix: "Remove it, or hand the number to Flex as a whole; the component MessageHandling does either.",
  scope: "stack",
  check(plan, report) {
    for (const { resource, phoneNumber, kind, handler } of handledNumbers(plan)) {
      if (kind !== "custom") continue;
      if (proxyServiceOf(resource.properties.smsFallbackUrl) !== undefined)
        report(resource, "smsFallbackUrl", `goes to Flex, though ${handler} goes to a handler of its own`);
      for (const flow of plan.of("twilio:flex:FlexFlow"))
        if (flow.properties.contactIdentity === phoneNumber && flow.properties.enabled === true)
          report(
            flow,
            "enabled",
            `is true for ${phoneNumber}, whose messages go to a handler of its own (${resource.name}.${handler})`,
          );
      for (const place of poolPlacesOf(plan, phoneNumber, resource.properties.sid))
        report(
          place,
          "",
          `puts ${phoneNumber} into the pool of Proxy, though its messages go to a handler of its own (${resource.name}.${handler})`,
        );
    }
  },
};
