import { TwilioError } from "../../../provider/access.ts";
import { foundOrGone } from "../../account/answer.ts";
import { allPages } from "./pages.ts";
import { lineOf, readMessages, replayName } from "./read-conversations.ts";
import type { Replay } from "./replay-plan.ts";
import type { Replaying } from "./replaying.ts";
import { tolerance } from "./text.ts";

/** The conversation that texts go into. */
export interface Target {
  readonly sid: string;
  readonly serviceSid: string;
  readonly created: Date;
  /** Others made it, or an earlier replay did: the customer is in it. */
  readonly isHolder: boolean;
  /** SIDs of texts that were put in already. */
  readonly has: ReadonlySet<string>;
  readonly hasCustomer: boolean;
}

/**
 * The conversation that has the customer by this number, else the one that an earlier replay began, else a new one. A half-made one
 * that is not needed is removed: nobody was in it.
 */
export async function conversationIn(one: Replay, replaying: Replaying): Promise<Target> {
  const holder = await holderOf(one, replaying);
  const own = await begunFor(one, replaying);
  // It was begun, and has its customer: what is missing is that somebody is told.
  const isOwn = own !== undefined && own.sid === holder?.sid;
  if (holder !== undefined && !isOwn) {
    if (own !== undefined) await removeEmpty(own, replaying);
    return { ...holder, isHolder: true, hasCustomer: true, has: await replayedIn(holder, one, replaying) };
  }
  if (own !== undefined && !own.isClosed)
    return { ...own, isHolder: false, hasCustomer: isOwn, has: await replayedIn(own, one, replaying) };
  const isFree = own === undefined || (await removeEmpty(own, replaying));
  const name = replayName(one.texts[0].sid);
  const made = await create(one, isFree ? name : `${name}-again`, replaying);
  return { ...made, isHolder: false, hasCustomer: false, has: new Set() };
}

type Found = Pick<Target, "sid" | "serviceSid" | "created">;

/** The conversation that is not closed and has the pair. */
async function holderOf(
  { customer, line }: Replay,
  { account, services }: Replaying,
): Promise<Found | undefined> {
  for (const serviceSid of services) {
    const { participantConversations } = account.client.conversations.v1.services(serviceSid);
    const read = await foundOrGone(() =>
      allPages(participantConversations.page({ address: customer, pageSize: 50 })),
    );
    const row = read?.items.find((each) => each.conversationState !== "closed" && lineOf(each) === line);
    if (row !== undefined)
      return { sid: row.conversationSid, serviceSid, created: row.conversationDateCreated };
  }
  return undefined;
}

function serviceFor({ opening }: Replay, { usualService }: Replaying): string {
  return opening?.serviceSid ?? usualService;
}

/** What an earlier replay began for these texts. */
async function begunFor(
  one: Replay,
  replaying: Replaying,
): Promise<(Found & { readonly isClosed: boolean }) | undefined> {
  const serviceSid = serviceFor(one, replaying);
  const { conversations } = replaying.account.client.conversations.v1.services(serviceSid);
  const found = await foundOrGone(() => conversations(replayName(one.texts[0].sid)).fetch());
  return (
    found && {
      sid: found.sid,
      serviceSid,
      created: found.dateCreated,
      isClosed: found.state === "closed",
    }
  );
}

async function create(one: Replay, uniqueName: string, replaying: Replaying): Promise<Found> {
  const serviceSid = serviceFor(one, replaying);
  const { conversations } = replaying.writer.conversations.v1.services(serviceSid);
  const made = await conversations.create({
    uniqueName,
    attributes: JSON.stringify({ replayOf: one.texts[0].sid }),
    xTwilioWebhookEnabled: "true",
  });
  return { sid: made.sid, serviceSid, created: made.dateCreated };
}

/** Removes what was begun, unless somebody is in it. @returns whether it is gone */
async function removeEmpty({ sid, serviceSid }: Found, { account, writer }: Replaying): Promise<boolean> {
  const { participants } = account.client.conversations.v1.services(serviceSid).conversations(sid);
  if ((await foundOrGone(() => participants.list({ limit: 1, pageSize: 1 })))?.length === 1) return false;
  try {
    await writer.conversations.v1.services(serviceSid).conversations(sid).remove();
  } catch (error) {
    if (!(error instanceof TwilioError) || error.status !== 404) throw error;
  }
  return true;
}

/** Texts that are in a conversation already. */
async function replayedIn(
  { sid, serviceSid }: Found,
  { texts }: Replay,
  { account }: Replaying,
): Promise<ReadonlySet<string>> {
  const { messages } = account.client.conversations.v1.services(serviceSid).conversations(sid);
  const since = new Date(texts[0].at.getTime() - tolerance);
  const read = await foundOrGone(() => readMessages(messages, since));
  return new Set((read?.said ?? []).flatMap(({ textSid }) => (textSid === undefined ? [] : [textSid])));
}
