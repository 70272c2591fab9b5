import type { ConversationInstance } from "twilio/lib/rest/conversations/v1/service/conversation.js";
import { parseAttributes } from "../../account/attributes.ts";
import {
  bindingOf,
  closingAlone,
  isFlexChat,
  maskNumbers,
  sessionEnding,
  stamp,
  type CleanUp,
  type Reads,
} from "../../diagnose/index.ts";
import { isBefore, type Concern, type Item } from "./item.ts";

/** Most open conversations that are asked whose number they hold. */
const maxAsked = 200;
/** Most that are named. */
const maxNamed = 20;

/** Chats that are open in the old world. */
export const openChats: Item = {
  name: "open-chats",
  async look(subject) {
    const { cut, stage, cleanUp } = subject;
    const all = await subject.chats();
    const chats = all.filter(({ session }) => session !== undefined);
    const left = leftOver(all.length - chats.length);
    if (chats.length === 0)
      return left.length > 0 ? left : "No chat of the number is open in Chat and Proxy.";
    const oldest = new Date(Math.min(...chats.map(({ since }) => since.getTime())));
    const many = chats.length === 1 ? "1 chat is" : `${chats.length} chats are`;
    const begin = `${many} open in Chat and Proxy, the oldest since ${stamp(oldest)}`;
    const endings = chats.flatMap((chat) => sessionEnding(chat, cleanUp) ?? []);
    const command = endings.length <= maxNamed ? endings.join("\n") : undefined;
    const longLived = chats.filter(({ isLongLived }) => isLongLived).length;
    const found: Concern[] =
      longLived > 0
        ? [
            {
              blocks: stage === "cut" ? "done" : undefined,
              cause: "long-lived-chats",
              sentence: `${longLived} of them ${longLived === 1 ? "is" : "are"} long-lived: no task ends ${longLived === 1 ? "it" : "them"}.`,
              fix: "Close them by hand.",
            },
          ]
        : [];
    found.push(...left);
    if (stage === "cut" || stage === "done")
      return [
        {
          blocks: "done",
          cause: "chats-open",
          sentence: `${begin}: finishing takes away the pool that they go on by.`,
          fix: "Wait until agents have completed them, or close those that nobody answers any more.",
          command,
        },
        ...found,
      ];
    if (cut === "drain")
      return [
        {
          blocks: "cut",
          cause: "chats-open",
          sentence: `${begin}, and the cut drain waits until none is.`,
          fix: "Wait for a quiet time, or choose another cut: it leaves them open, and what their customers write next begins a conversation.",
          command,
        },
        ...found,
      ];
    return [
      {
        cause: "chats-open",
        sentence: `${begin}: they go on after the cut, agents can still write; what their customers write next begins a conversation (a split).`,
        fix: "Nothing has to be done; migrate status names the splits after the cut.",
      },
      ...found,
    ];
  },
};

/** Channels that look open and have no session: no text gets into them, and nothing here touches them. */
function leftOver(count: number): Concern[] {
  if (count === 0) return [];
  return [
    {
      cause: "channels-left-over",
      sentence: `${count} chat ${count === 1 ? "channel is" : "channels are"} ACTIVE without a Proxy session: no text gets into ${count === 1 ? "it" : "them"}.`,
      fix: "Nothing has to be done for the move; flex-stack diagnose --health names those whose task is over, with what sets them to INACTIVE.",
    },
  ];
}

/** An open conversation of a number, and whose pair it holds. */
interface HeldPair {
  readonly conversation: ConversationInstance;
  readonly customer: string | undefined;
}

/** Open conversations that hold pairs with a number; of very many only the first are asked. */
async function heldPairs(
  number: string,
  reads: Reads,
): Promise<{ readonly held: readonly HeldPair[]; readonly notAsked: number }> {
  const { chatServiceSid } = reads.place;
  if (chatServiceSid === undefined) return { held: [], notAsked: 0 };
  const [active, inactive] = await Promise.all([
    reads.conversations.conversations(chatServiceSid, "active", 10_000),
    reads.conversations.conversations(chatServiceSid, "inactive", 10_000),
  ]);
  const all = [...active, ...inactive].filter(({ attributes }) => !isFlexChat(parseAttributes(attributes)));
  const asked = all.slice(0, maxAsked);
  const found = await Promise.all(
    asked.map(async (conversation) => {
      const bound = (await reads.conversations.participants(conversation)).map(bindingOf);
      const own = bound.find((one) => one?.proxy_address === number);
      return own === undefined ? [] : [{ conversation, customer: own.address }];
    }),
  );
  return { held: found.flat(), notAsked: all.length - asked.length };
}

/** What open conversations do to a number whose SmsUrl leads to Proxy; nothing where none is open. */
export async function heldConcern(
  number: string,
  reads: Reads,
  cleanUp: CleanUp,
): Promise<{ readonly concern: Concern | undefined; readonly more: string }> {
  const { held: pairs, notAsked } = await heldPairs(number, reads);
  const more = notAsked > 0 ? ` ${notAsked} more open conversations of the account were not asked.` : "";
  if (pairs.length === 0) return { concern: undefined, more };
  const named = pairs.slice(0, maxNamed);
  const who = named.map(
    ({ conversation, customer }) =>
      `${conversation.sid}${customer === undefined ? "" : ` (${maskNumbers(customer)})`}`,
  );
  const concern = {
    cause: "pairs-held",
    sentence: `${pairs.length} open ${pairs.length === 1 ? "conversation holds its pair" : "conversations hold their pairs"} with the number: ${who.join(", ")}${pairs.length > named.length ? " …" : ""}. What these customers write comes into it, and may come in by Proxy as well while SmsUrl leads there.${more}`,
    fix: "Have agents complete them, or close those that are not meant: the customer's next text takes the usual way.",
    command: named.map(({ conversation }) => closingAlone(cleanUp, conversation)).join("\n"),
  };
  return { concern, more };
}

/** Customers whose texts a conversation has already, whatever handles the number. */
export const held: Item = {
  name: "held-pairs",
  async look(subject) {
    if (!isBefore(subject)) return "Open conversations hold their pairs, as they should.";
    const { concern, more } = await heldConcern(subject.world.phoneNumber, subject.reads, subject.cleanUp);
    return concern === undefined ? `No open conversation holds a pair with the number.${more}` : [concern];
  },
};
