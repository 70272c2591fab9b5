import type { Change, Context } from "../../kernel/context.ts";
import type { Document } from "../../kernel/document.ts";
import {
  type Channel,
  channel,
  type Member,
  member,
  type Message,
  message,
} from "../../products/chat/kinds.ts";
import {
  type Channel as FlexChannel,
  channel as flexChannel,
  webChannel,
} from "../../products/flex/kinds.ts";
import { isOver } from "../../products/taskrouter/stored/attributes.ts";
import { type Task, task } from "../../products/taskrouter/stored/kinds.ts";
import type { Part } from "../shared/part.ts";
import type { Flows } from "../studio/run.ts";
import type { Receiver } from "../text/inbound.ts";
import { withAgents } from "./addAgent.ts";
import { chatEventOf } from "./chatEvents.ts";
import { noteUnheard } from "../shared/webhookAnswer.ts";
import { chatAnswer, tell } from "./chatWebhooks.ts";
import { onChannelUpdated, onMemberRemoved } from "./completion.ts";
import { deviceEndpoint } from "./device.ts";
import { onConversationOpened, onFirstMessage } from "./directTask.ts";
import { handleByFlex } from "./flexHandling.ts";
import { interceptAnswer, onInterceptAnswer } from "./intercept.ts";
import { cleanUp } from "./janitor.ts";
import { sendIntercepted, sendOn } from "./outbound.ts";
import { onOutOfSessionAnswer, outOfSessionAnswer } from "./outOfSession.ts";
import { passIntercepted } from "./pass.ts";
import { webChat } from "./webChat.ts";

/** Takes the messages to numbers of a Proxy service's pool. */
export const proxyReceiver: Receiver = {
  address:
    /^https:\/\/webhooks\.twilio\.com\/v1\/Accounts\/(AC\w{32})\/Proxy\/(KS\w{32})\/Webhooks\/Message\/?$/,
  take: handleByFlex,
};

/** Conversations of Programmable Chat, with a Proxy session between a channel and a phone, as Flex 1.x has them. */
export function chatProxy(flows: Flows): Part {
  return {
    answers: {
      [chatAnswer]: noteUnheard,
      [interceptAnswer]: (context, webhook, answer) =>
        onInterceptAnswer(context, webhook, answer, { in: passIntercepted, out: sendIntercepted }),
      [outOfSessionAnswer]: onOutOfSessionAnswer,
    },
    entrance: webChat,
    endpoints: (kernel, accountSid) => [deviceEndpoint(kernel, accountSid)],
    extend: (product) => (product.host === "flex-api" ? withAgents(product) : product),
    onChange(change, given) {
      // What follows by itself is told to webhooks, whoever began it.
      const context = given.announced();
      const event = chatEventOf(change, given);
      if (event !== undefined) tell(flows, context, event);
      follow(change, given.isAnnounced, context);
    },
  };
}

function follow(change: Change, isAnnounced: boolean, context: Context): void {
  switch (change.kind) {
    case message.kind:
      // Proxy hears of messages as webhooks do: of those of programs only when they ask for it.
      if (change.action === "create" && isAnnounced) sendOn(context, change.after as Document<Message>);
      if (change.action === "create") onFirstMessage(context, change.after as Document<Message>);
      break;
    case flexChannel.kind:
    case webChannel.kind:
      if (change.action === "create") onConversationOpened(context, change.after as Document<FlexChannel>);
      break;
    case channel.kind:
      if (change.action === "update")
        onChannelUpdated(context, change.before as Document<Channel>, change.after as Document<Channel>);
      break;
    case member.kind:
      if (change.action === "delete") onMemberRemoved(context, change.before as Document<Member>);
      break;
    case task.kind:
      onTaskChange(change, context);
      break;
  }
}

function onTaskChange(change: Change, context: Context): void {
  if (change.action === "create") return;
  const document = (change.action === "delete" ? change.before : change.after) as Document<Task>;
  if (change.action === "delete" || isOver(document.fields)) cleanUp(context, document);
}
