import { parseAttributes, textOf } from "../../account/attributes.ts";
import { isOpen } from "../collect.ts";
import { isFlexChat } from "./collect-talk.ts";
import type { Reads } from "../reads/reads.ts";

/** A customer's chat of Chat and Proxy that is still open. */
export interface OldChat {
  /** The number that the customer writes to. */
  readonly number: string;
  readonly channelSid: string | undefined;
  readonly customer: string | undefined;
  /** The open Proxy session, by which texts would come in. */
  readonly session: { readonly sid: string; readonly serviceSid: string } | undefined;
  readonly taskSid: string | undefined;
  /** It goes on after its task. */
  readonly isLongLived: boolean;
  readonly since: Date;
}

/** Most channels and sessions that are read: a hundred a request. */
const most = 10_000;
/** Most sessions that are asked whose they are, where their channel does not say it. */
const maxAsked = 50;

/**
 * Chats that are open in Chat and Proxy, by their sessions and channels. Both are lists: what it takes grows with their pages,
 * not with the chats.
 */
export async function openChats(reads: Reads): Promise<readonly OldChat[]> {
  const [sessions, channels] = await Promise.all([reads.proxy.sessions(most), reads.chat.channels(most)]);
  const open = new Map(
    sessions
      .filter(isOpen)
      .map(({ sid, serviceSid, uniqueName, dateCreated }) => [
        uniqueName || sid,
        { session: { sid, serviceSid }, since: dateCreated },
      ]),
  );
  const chats = channels.flatMap((channel): OldChat[] => {
    const attributes = parseAttributes(channel.attributes);
    const number = textOf(attributes, "twilioNumber", "serviceNumber");
    const found = open.get(channel.sid);
    if (!isFlexChat(attributes) || number === undefined) return [];
    if (found === undefined && attributes["status"] !== "ACTIVE") return [];
    open.delete(channel.sid);
    return [
      {
        number,
        channelSid: channel.sid,
        customer: textOf(attributes, "from"),
        session: found?.session,
        taskSid: textOf(attributes, "taskSid", "task_sid"),
        isLongLived: attributes["long_lived"] === true,
        since: found?.since ?? channel.dateCreated,
      },
    ];
  });
  return [...chats, ...(await ofSessions([...open.values()].slice(0, maxAsked), reads))];
}

/** Sessions whose channel does not say whose number it is: those who take part in them do. */
async function ofSessions(
  sessions: readonly { readonly session: { sid: string; serviceSid: string }; readonly since: Date }[],
  reads: Reads,
): Promise<readonly OldChat[]> {
  const found = await Promise.all(
    sessions.map(async ({ session, since }): Promise<OldChat[]> => {
      const participants = await reads.proxy.participants(session.sid);
      const customer = participants.find(({ identifier }) => identifier.startsWith("+"));
      const channel = participants.find(({ identifier }) => identifier.startsWith("CH"));
      const number = (customer ?? channel)?.proxyIdentifier;
      if (!number) return [];
      return [
        {
          ...{ number, session, since, taskSid: undefined, isLongLived: false },
          channelSid: channel?.identifier,
          customer: customer?.identifier,
        },
      ];
    }),
  );
  return found.flat();
}
