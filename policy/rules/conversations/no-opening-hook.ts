import type { Plan, PlannedResource } from "../../planned.ts";
import { pointsAt } from "../../points-at.ts";
import type { Rule } from "../../rule.ts";
import { textOf, UNKNOWN } from "../../unknown.ts";
import { flexChatServices } from "../chat/flex-chat-services.ts";
import { flexServiceSids } from "./flex-service.ts";

type Webhooks =
  | PlannedResource<"twilio:conversations:ConfigurationWebhooks">
  | PlannedResource<"twilio:conversations:ServiceWebhooks">;

/** What Twilio asks about before it opens a conversation. */
const event = "onConversationAdd";

export const noOpeningHook: Rule = {
  id: "no-hook-before-conversations",
  severity: "critical",
  level: "mandatory",
  description: "No webhook is asked before Flex's conversations are opened.",
  why: "A webhook that refuses the conversation, by a fault of its own too, drops the customer's message: it is in no conversation, and no flow or agent hears of it.",
  fix: `Take ${event} out of filters; onConversationAdded tells of the same afterwards.`,
  scope: "stack",
  check(plan, report) {
    for (const webhooks of webhooksOfFlex(plan)) {
      const { preWebhookUrl, filters } = webhooks.properties;
      const index = Array.isArray(filters) ? filters.indexOf(event) : -1;
      // One that nobody knows yet is one all the same, and one that the program leaves out may be there.
      const isAsked = preWebhookUrl === UNKNOWN || preWebhookUrl === undefined || textOf(preWebhookUrl);
      if (index >= 0 && isAsked)
        report(
          webhooks,
          `filters[${index}]`,
          preWebhookUrl === undefined
            ? `is ${event}, and the preWebhookUrl that the account may have may refuse a conversation`
            : `is ${event}, and preWebhookUrl may refuse a conversation`,
        );
    }
  },
};

/** The account's, which Flex's service is the default of, and those of a service of Flex. */
function webhooksOfFlex(plan: Plan): Webhooks[] {
  const known = flexServiceSids(plan);
  const services = flexChatServices(plan);
  return [
    // With Flex as the target the URLs are not called.
    ...plan
      .of("twilio:conversations:ConfigurationWebhooks")
      .filter(({ properties }) => properties.target !== "flex"),
    ...plan.of("twilio:conversations:ServiceWebhooks").filter((webhooks) => {
      const service = textOf(webhooks.properties.serviceSid);
      if (service !== undefined && known.includes(service)) return true;
      return services.some((each) => pointsAt(webhooks, "serviceSid", each));
    }),
  ];
}
