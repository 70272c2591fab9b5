import type { Context } from "../../kernel/context.ts";
import type { Document } from "../../kernel/document.ts";
import { count } from "./counters.ts";
import { type Invite, invite, type Member, member, type User, user, userChannel } from "./kinds.ts";

/** The user of an identity, made when there is none, as Twilio does for new members. */
export function userOf(context: Context, serviceSid: string, identity: string): Document<User> {
  return (
    context.of(user).find("identity", identity, serviceSid) ??
    context.of(user).create(serviceSid, { Identity: identity })
  );
}

/** Records that a user, made when there is none, is in a channel. */
export function addUserChannel(context: Context, serviceSid: string, joined: Document<Member>): void {
  context
    .of(userChannel)
    .insert(
      userOf(context, serviceSid, joined.fields.identity).sid,
      { channel_sid: joined.parentSid, member_sid: joined.sid },
      joined.sid,
    );
}

/** Records that a user is no longer in a channel. */
export function removeUserChannel(context: Context, left: Document<Member>): void {
  const joined = context.of(userChannel).get(left.sid);
  if (joined !== undefined) context.of(userChannel).remove(joined);
}

/** Takes a member out of its channel. */
export function removeMember(context: Context, left: Document<Member>): void {
  forget(context, left);
  context.of(member).remove(left);
}

/** What follows from a member leaving its channel. */
export function forget(context: Context, left: Document<Member>): void {
  removeUserChannel(context, left);
  count(context, left.parentSid, { members: -1 });
}

/** The open invitation of an identity to a channel. */
export function inviteOf(
  context: Context,
  channelSid: string,
  identity: string,
): Document<Invite> | undefined {
  return context.of(invite).find("identity", identity, channelSid);
}
