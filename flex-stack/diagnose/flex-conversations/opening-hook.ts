import type { Circumstances } from "../case.ts";
import { consolePage } from "../console-page.ts";
import type { Problem } from "../finding.ts";

/** What is asked before a text opens a conversation. */
const event = "onConversationAdd";

/** A webhook that may refuse conversations: the account's, of the default service, or the service's own. */
export async function openingHookProblem(
  { reads, repair, cleanUp }: Pick<Circumstances, "reads" | "repair" | "cleanUp">,
  serviceSid: string,
): Promise<Problem | undefined> {
  const isDefault = (await reads.conversations.configuration())?.defaultChatServiceSid === serviceSid;
  const account = isDefault ? await reads.conversations.accountWebhooks() : undefined;
  const hooks = [
    { hook: account, of: "the account", path: "Configuration/Webhooks", thing: webhooksOf() },
    {
      hook: await reads.conversations.serviceWebhooks(serviceSid),
      of: `service ${serviceSid}`,
      path: `Services/${serviceSid}/Configuration/Webhooks`,
      thing: webhooksOf(serviceSid),
    },
  ];
  const asked = hooks.find(({ hook }) => hook?.preWebhookUrl && hook.filters.includes(event));
  if (asked?.hook === undefined) return undefined;
  const rest = asked.hook.filters.filter((one) => one !== event);
  return {
    cause: "conversation-refused",
    sentence: `The pre-event webhook ${asked.hook.preWebhookUrl} of ${asked.of} is asked ${event}: where it refuses, the customer's text gets into no conversation.`,
    fix: repair.or(
      "Take onConversationAdd out of its filters: onConversationAdded tells of the same",
      asked.thing,
    ),
    page: consolePage.conversationsWebhooks(),
    command: cleanUp.change(
      `https://conversations.twilio.com/v1/${asked.path}`,
      // A list can't be emptied.
      rest.length > 0 ? rest.map((one) => ["Filters", one] as const) : [["PreWebhookUrl", ""]],
    ),
  };
}

/** The webhooks of the account, or of a service, as a program declares them. */
function webhooksOf(serviceSid?: string) {
  return serviceSid === undefined
    ? { type: "twilio:conversations:ConfigurationWebhooks", where: {} }
    : { type: "twilio:conversations:ServiceWebhooks", where: { serviceSid } };
}
