import type { OldChat, Reads } from "../../diagnose/index.ts";

/** A customer who is in both worlds: what they wrote after the cut opened a conversation, while their old chat is open. */
export interface Split {
  readonly customer: string;
  readonly chat: OldChat;
  readonly conversationSid: string;
}

/**
 * Splits of a number: open chats whose customer has written since the cut, into an open conversation. Only such customers are
 * asked for.
 *
 * @param wrote Who has written to the number since the cut
 */
export async function findSplits(
  number: string,
  chats: readonly OldChat[],
  wrote: ReadonlySet<string>,
  reads: Reads,
): Promise<readonly Split[]> {
  const { chatServiceSid } = reads.place;
  if (chatServiceSid === undefined) return [];
  const found = await Promise.all(
    chats.map(async (chat): Promise<Split[]> => {
      const { customer } = chat;
      if (customer === undefined || !wrote.has(customer)) return [];
      const rows = await reads.conversations.participations(chatServiceSid, customer);
      const open = rows.find(
        ({ conversationState, participantMessagingBinding: bound }) =>
          conversationState !== "closed" &&
          (bound as { proxy_address?: unknown } | null)?.proxy_address === number,
      );
      return open === undefined ? [] : [{ customer, chat, conversationSid: open.conversationSid }];
    }),
  );
  return found.flat();
}
