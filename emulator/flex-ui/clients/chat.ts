import { isoDate } from "../../kernel/date.ts";
import type { Context } from "../../kernel/context.ts";
import { notFound } from "../../kernel/errors.ts";
import type { JsonObject } from "../../kernel/json.ts";
import type { Reply } from "../../kernel/request.ts";
import { channel, member, service, user, userChannel } from "../../products/chat/kinds.ts";
import { userOf } from "../../products/chat/membership.ts";
import type { Agent } from "../agents/agent.ts";
import type { Api } from "../agents/api.ts";
import { names } from "../sync/objects.ts";
import type { Tunnelled } from "../twilsock/connection.ts";

/** What Chat's client reads, under the paths that its session gives it. */
const paths = {
  channels: "/Client/v1/Channels",
  myChannels: "/Client/v1/MyChannels",
  syncList: "/Client/v1/SyncList",
  users: "/Client/v1/Users",
  typing: "/Client/v1/Typing",
};

/** Answers what Programmable Chat's client (`twilio-chat`, of Flex UI 1.x) reads beside Sync. @throws TwilioError */
export function answerChatClient({ method, path, query }: Tunnelled, agent: Agent, api: Api): Reply {
  if (path === paths.typing) return { status: 200, body: { typing_timeout: 5 } };
  if (method !== "GET") throw notFound(path);
  const body = api.read(agent, (context): object | undefined => {
    const below = (root: string): string | undefined =>
      path.startsWith(`${root}/`) ? decodeURIComponent(path.slice(root.length + 1)) : undefined;
    const [channelSid, identity] = [below(paths.channels), below(paths.users)];
    if (path === paths.syncList || path === paths.myChannels)
      return page("channels", myChannels(context, agent, query.get("ChannelSid")));
    if (channelSid !== undefined) return describeChannel(context, agent, channelSid);
    if (identity !== undefined) return describeUser(context, agent, identity);
    return path === paths.users ? page("users", []) : undefined;
  });
  if (body === undefined) throw notFound(path);
  return { status: 200, body };
}

function page(key: string, items: readonly object[]): object {
  return { [key]: items, meta: { previous_token: null, prev_token: null, next_token: null } };
}

function myChannels(context: Context, agent: Agent, only: string | null): object[] {
  const me = context.of(user).find("identity", agent.identity, agent.serviceSid);
  return (me === undefined ? [] : context.of(userChannel).all(me.sid))
    .filter(({ fields }) => only === null || fields.channel_sid === only)
    .map(({ fields: { channel_sid: sid, member_sid, notification_level } }) => {
      const read = context.of(member).get(member_sid)?.fields.last_consumed_message_index ?? null;
      return {
        channel_sid: sid,
        status: "joined",
        channel: names.conversation(sid),
        messages: names.messages(sid),
        roster: names.participants(sid),
        last_consumed_message_index: read,
        unread_messages_count: unread(context, sid, read),
        notification_level: notification_level ?? "default",
      };
    });
}

/** How many messages there are that were not read; null before any was. */
export function unread(context: Context, channelSid: string, read: number | null): number | null {
  const next = context.of(channel).get(channelSid)?.fields.next_message_index ?? 0;
  return read === null ? null : Math.max(next - 1 - read, 0);
}

function describeChannel(context: Context, agent: Agent, reference: string): object | undefined {
  const channels = context.of(channel);
  const found = channels.get(reference) ?? channels.find("unique_name", reference, agent.serviceSid);
  if (found === undefined || found.parentSid !== agent.serviceSid) return undefined;
  const { sid, created, updated, fields } = found;
  return {
    sid,
    unique_name: fields.unique_name,
    friendly_name: fields.friendly_name,
    attributes: fields.attributes,
    created_by: fields.created_by,
    type: fields.type,
    date_created: fields.date_created ?? isoDate(created),
    date_updated: fields.date_updated ?? isoDate(updated),
    messages_count: fields.messages_count,
    members_count: fields.members_count,
    status:
      context.of(member).find("identity", agent.identity, sid) === undefined ? "notParticipating" : "joined",
  };
}

function describeUser(context: Context, { serviceSid }: Agent, identity: string): object | undefined {
  const found = context.of(user).find("identity", identity, serviceSid);
  return (
    found && {
      identity,
      friendly_name: found.fields.friendly_name,
      attributes: found.fields.attributes,
      is_online: null,
      is_notifiable: null,
      sync_unique_name: names.user(found.sid),
    }
  );
}

/** What a session tells its client. */
export function sessionContext(context: Context, { serviceSid, identity }: Agent): JsonObject {
  const me = userOf(context, serviceSid, identity).sid;
  const settings = context.of(service).get(serviceSid)?.fields;
  return {
    identity,
    userInfo: names.user(me),
    myChannels: names.myConversations(me),
    channels: names.myConversations(me),
    reachabilityEnabled: false,
    userInfosToSubscribe: 100,
    httpCacheInterval: "PT1S",
    consumptionReportInterval: `PT${settings?.consumption_report_interval ?? 10}S`,
    links: {
      publicChannelsUrl: paths.channels,
      myChannelsUrl: paths.myChannels,
      typingUrl: paths.typing,
      syncListUrl: paths.syncList,
      usersUrl: paths.users,
      mediaServiceUrl: `https://mcs.us1.twilio.com/v1/Services/${serviceSid}/Media`,
    },
  };
}
