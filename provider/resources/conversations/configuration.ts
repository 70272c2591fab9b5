import { common, resource } from "../../engine/definition.ts";
import { sid, text } from "../../engine/field.ts";
import { operations } from "../../engine/operations.ts";
import { checkTimer, normalDuration } from "./duration.ts";
import { kept, owned } from "./owned.ts";

/** Minutes that Twilio waits at least before it makes a conversation inactive, or closes it. */
const [leastInactive, leastClosed] = [1, 10];

const timer = (description: string, leastMinutes: number) =>
  text(`${description} An ISO 8601 duration, such as \`PT1H\`: PT${leastMinutes}M at least.`, {
    ...owned,
    normalize: normalDuration,
    check: (value) => checkTimer(value, leastMinutes),
  });

export const configuration = resource({
  token: "twilio:conversations:Configuration",
  description:
    "What the account's conversations have unless they say otherwise. An account has exactly one, so declare it once: " +
    "the resource takes it over, changes only what the program sets, and gives back what was there before when it is " +
    "destroyed.",
  example: `new twilio.conversations.Configuration("conversations", {
  defaultChatServiceSid: service.sid,
  defaultInactiveTimer: "PT8H",
  defaultClosedTimer: "PT24H", // else what the customer writes next goes into an old conversation
});`,
  docs: "https://www.twilio.com/docs/conversations/api/configuration-resource",
  openApi: { document: "conversations_v1", fetch: "FetchConfiguration", update: "UpdateConfiguration" },
  parents: {},
  inputs: {
    defaultChatServiceSid: sid(
      "Service of conversations that name none. Flex wants its own service here.",
      "IS",
      kept,
    ),
    defaultMessagingServiceSid: sid("Messaging service of conversations that name none.", "MG", owned),
    defaultInactiveTimer: timer(
      "How long nothing happens in a conversation before it becomes inactive.",
      leastInactive,
    ),
    defaultClosedTimer: timer(
      "How long nothing happens in a conversation before it is closed, which is final, and frees the customer's address.",
      leastClosed,
    ),
  },
  outputs: { accountSid: common.accountSid, url: common.url },
  life: "given",
  onDelete: "restore",
  at: (twilio) => operations(() => twilio.conversations.v1.configuration()),
});
