import { checkUnique, type Context } from "./context.ts";

/** What can't be meant in the settings of Flex Conversations. */
export function checkConversations(context: Context): void {
  const { conversations } = context.config;
  if (conversations === undefined) return;
  const at = "conversations";
  if (conversations.service !== undefined && context.config.chat !== undefined)
    context.report(
      `${at}.service`,
      "is set beside chat, which declares the same service: Chat and Conversations have one store",
      "remove it, or chat where no number is of kind flex or custom",
    );
  checkUnique(context, `${at}.roles`, conversations.roles ?? {}, "friendlyName");
  for (const [key, role] of Object.entries(conversations.roles ?? {})) {
    const path = `${at}.roles.${key}`;
    if (role.friendlyName === "agent")
      context.report(
        path,
        "is the agent role",
        "remove it: that role is always there, with exactly the permissions Flex needs",
      );
    for (const [chatKey, other] of Object.entries(context.config.chat?.roles ?? {}))
      if (other.friendlyName === role.friendlyName)
        context.report(
          path,
          `has the name of chat.roles.${chatKey}, and Chat and Conversations have one store`,
          "declare it in one of the two",
        );
  }
  for (const [name, least] of Object.entries(leastTimers)) {
    const timer = conversations[name as keyof typeof leastTimers];
    if (timer !== undefined && timer !== "none" && secondsOf(timer) < least * 60)
      context.report(`${at}.${name}`, `is "${timer}"`, `set PT${least}M at least`);
  }
  const { webhooks } = conversations;
  if (webhooks?.filters?.includes("onConversationAdd"))
    context.report(
      `${at}.webhooks.filters`,
      `has onConversationAdd${webhooks.preWebhookUrl === undefined ? ", which asks the preWebhookUrl that the account may have" : " beside a preWebhookUrl"}, whose refusal or failure would lose the customer's message`,
      "remove onConversationAdd, and refuse what comes later",
    );
  // What the account has would count, which nobody sees here.
  if (webhooks?.preWebhookUrl !== undefined && webhooks.filters === undefined)
    context.report(
      `${at}.webhooks`,
      "has a preWebhookUrl and no filters, so that it is asked about whatever the account says by now",
      "add filters, such as [onMessageAdd]",
    );
}

/** Minutes that Twilio takes at least. */
const leastTimers = { defaultInactiveTimer: 1, defaultClosedTimer: 10 } as const;

/** Of a duration as the schema takes it: weeks, days, hours, minutes and seconds. */
function secondsOf(duration: string): number {
  const units: Record<string, number> = { W: 604_800, D: 86_400, H: 3600, S: 1 };
  const [date = "", time = ""] = duration.split("T");
  const sum = (part: string, minutes: number) =>
    [...part.matchAll(/(\d+)([WDHMS])/g)].reduce(
      (seconds, [, count, unit = ""]) =>
        seconds + Number(count) * (unit === "M" ? minutes : (units[unit] ?? 0)),
      0,
    );
  return sum(date, 0) + sum(time, 60);
}
