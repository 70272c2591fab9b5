import type { Account } from "./account.ts";
import type { Desk } from "./desk.ts";

/** What goes on with the numbers: the days between two stages, and the runs of `up` that lead from one to the next. */
export type Moment =
  | "legacy"
  | "preparing"
  | "prepared"
  | "cutting"
  | "cut"
  | "going back"
  | "back"
  | "cutting again"
  | "cut again"
  | "late"
  | "finishing"
  | "done";

/** A text of a customer's, by its body, which no other one has. */
export interface Sent {
  readonly body: string;
  readonly sid: string;
  readonly from: string;
  readonly to: string;
  /** What was going on as it was sent. */
  readonly moment: Moment;
  /** Whether an agent had a chat with the same customer on the same number then. */
  readonly duringChat: boolean;
}

/** What became of everything that was written. */
export interface Outcome {
  readonly sent: Sent[];
  /** In no conversation and no chat. */
  readonly lost: Sent[];
  /** In one of each. */
  readonly doubled: Sent[];
  /** In a conversation or chat that no agent got a task for. */
  readonly unheard: Sent[];
  /** In a conversation, while a chat of the same customer and number went on. */
  readonly split: Sent[];
  /** Replies of agents that did not arrive on the customer's phone once. */
  readonly replies: string[];
  /** Conversations and chats with several tasks. */
  readonly tasksTwice: string[];
}

interface Message {
  readonly body: string | null;
  readonly from?: string;
}

/** Counts where everything is, by the account's own lists. */
export async function settle(
  account: Account,
  sent: readonly Sent[],
  { replies, tasks }: Pick<Desk, "replies" | "tasks">,
): Promise<Outcome> {
  const rooms = await roomsOf(account);
  const where = (body: string) => rooms.filter(({ bodies }) => bodies.has(body));
  const byBody = new Map(sent.map((text) => [text.body, where(text.body)]));
  const of = (text: Sent) => byBody.get(text.body) ?? [];
  const arrived = new Map<string, number>();
  for (const { body, direction } of await account.list<{ body: string; direction: string }>(
    `https://api.twilio.com/2010-04-01/Accounts/${account.emulator.accountSid}/Messages.json?PageSize=1000`,
    "messages",
  ))
    if (direction !== "inbound") arrived.set(body, (arrived.get(body) ?? 0) + 1);
  return {
    sent: [...sent],
    lost: sent.filter((text) => of(text).length === 0),
    doubled: sent.filter((text) => of(text).length > 1),
    unheard: sent.filter((text) => of(text).length > 0 && !of(text).some(({ sid }) => tasks.has(sid))),
    split: sent.filter((text) => text.duringChat && of(text).some((room) => !room.isChat)),
    replies: replies.filter((body) => arrived.get(body) !== 1),
    tasksTwice: [...tasks].filter(([, sids]) => sids.size > 1).map(([sid]) => sid),
  };
}

interface Room {
  readonly sid: string;
  /** Of Programmable Chat, with a Proxy session. */
  readonly isChat: boolean;
  readonly bodies: ReadonlySet<string>;
}

/** Chats and conversations: one store has both. */
async function roomsOf(account: Account): Promise<Room[]> {
  const [service] = await account.list<{ sid: string }>("https://chat.twilio.com/v2/Services", "services");
  const channels = `https://chat.twilio.com/v2/Services/${service?.sid}/Channels`;
  const rooms: Room[] = [];
  for (const { sid, attributes } of await account.list<{ sid: string; attributes: string }>(
    `${channels}?Type=private&PageSize=1000`,
    "channels",
  )) {
    const messages = await account.list<Message>(`${channels}/${sid}/Messages?PageSize=1000`, "messages");
    const known = JSON.parse(attributes) as Record<string, unknown>;
    rooms.push({
      sid,
      isChat: known["proxySession"] !== undefined,
      bodies: new Set(messages.map(({ body }) => body ?? "")),
    });
  }
  return rooms;
}
