import type { Context } from "../../kernel/context.ts";
import { notFound, TwilioError } from "../../kernel/errors.ts";
import { isJsonObject, type Json, type JsonObject } from "../../kernel/json.ts";
import { parseJson } from "../../kernel/parameter.ts";
import type { Reply } from "../../kernel/request.ts";
import { channel, member, message, role, service, user } from "../../products/chat/kinds.ts";
import { userOf } from "../../products/chat/membership.ts";
import type { Agent } from "../agents/agent.ts";
import type { Api } from "../agents/api.ts";
import { names } from "../sync/objects.ts";
import type { Tunnelled } from "../twilsock/connection.ts";

/** The host of conversations for clients; Chat's older clients leave the region out. */
export const clientHost = /^aim(\.[\w-]+)?\.twilio\.com$/;

const base = "https://aim.us1.twilio.com/Client/v2";

/**
 * Answers what Twilio's client of conversations (`@twilio/conversations`) asks beside Sync. Its paths are those that the
 * configuration gives it, and lead to Conversations' API, as far as the roles of the agent allow. @throws TwilioError
 */
export function answerClient(request: Tunnelled, agent: Agent, api: Api): Reply {
  const path = request.path.replace(/^\/Client\/v2/, "");
  if (path === "/Configuration" && request.method === "GET")
    return { status: 200, body: api.read(agent, (context) => configuration(context, agent)) };
  if (path === "/Typing") return { status: 200, body: { typing_timeout: 5 } };
  const parts = /^\/Services\/(\w+)((?:\/[^/]+)+)$/.exec(path);
  if (parts === null || parts[1] !== agent.serviceSid) throw notFound(request.path);
  const below = (parts[2] ?? "").split("/").slice(1).map(decodeURIComponent);
  return act(request, below, agent, api);
}

function configuration(context: Context, agent: Agent): object {
  const { serviceSid, identity } = agent;
  const me = userOf(context, serviceSid, identity).sid;
  const own = `${base}/Services/${serviceSid}`;
  const settings = context.of(service).get(serviceSid)?.fields;
  return {
    identity,
    account_sid: agent.accountSid,
    service_sid: serviceSid,
    options: {
      reachability_enabled: settings?.reachability_enabled ?? false,
      http_cache_interval: "PT1S",
      consumption_report_interval: `PT${settings?.consumption_report_interval ?? 10}S`,
      user_infos_to_subscribe: 100,
      media_attachments_count_limit: 1,
      media_attachment_size_limit_in_mb: 150,
      media_attachments_total_size_limit_in_mb: 150,
      email_histories_allowed_mime_types: [],
      email_bodies_allowed_mime_types: [],
    },
    links: {
      my_conversations: `${own}/Users/${me}/Conversations`,
      conversations: `${own}/Conversations`,
      users: `${own}/Users`,
      current_user: `${own}/Users/${me}`,
      typing: `${base}/Typing`,
      media_service: `https://mcs.us1.twilio.com/v1/Services/${serviceSid}/Media`,
      media_set_service: `https://mcs.us1.twilio.com/v1/Services/${serviceSid}/MediaSet`,
      messages_receipts: `${own}/Conversations/%s/Messages/%s/Receipts`,
    },
    sync_objects: { my_user_info: names.user(me), my_conversations: names.myConversations(me) },
  };
}

/** Does what an agent asks for, if a role allows it. */
function act(request: Tunnelled, below: readonly string[], agent: Agent, api: Api): Reply {
  const json = request.body === "" ? undefined : parseJson(request.body, "The body");
  const given = isJsonObject(json) ? json : {};
  const needed = api.read(agent, (context) => check(context, agent, request.method, below, given));
  if (!needed) throw new TwilioError(403, 50107, "User unauthorized for command");
  if (request.method === "GET" && below.at(-1) === "MessageRecipients")
    // Of mail only, which there is none of.
    return {
      status: 200,
      body: { message_recipients: [], meta: { previous_token: null, next_token: null } },
    };
  if (request.method === "GET" && below.at(-1) === "ChannelMetadata")
    throw new TwilioError(404, 50530, "The message has no channel metadata");
  const isMessage = request.method === "POST" && below.length === 3 && below[2] === "Messages";
  const form = {
    ...(request.method === "GET" ? Object.fromEntries(request.query) : formOf(given)),
    ...(isMessage ? { Author: agent.identity } : {}),
  };
  const body = api.send(agent.accountSid, {
    host: "conversations.twilio.com",
    method: request.method,
    path: `/v1/Services/${agent.serviceSid}/${below.map(encodeURIComponent).join("/")}`,
    form,
  });
  if (body === undefined) return { status: 200, body: {} };
  const status = request.method === "POST" && below.length % 2 === 1 ? 201 : 200;
  return { status, body: api.read(agent, (context) => withObjects(context, agent, body as JsonObject)) };
}

/** Answers as clients know them: with the names of what Sync has of it, and tokens of pages. */
function withObjects(context: Context, agent: Agent, body: JsonObject): JsonObject {
  const { conversations, meta, conversation_sid, sid, identity } = body;
  if (Array.isArray(conversations) && isJsonObject(meta))
    return {
      ...body,
      conversations: conversations.map((each) => withObjects(context, agent, each as JsonObject)),
      meta: { ...meta, previous_token: null, next_token: tokenOf(meta["next_page_url"]) },
    };
  if (isJsonObject(meta))
    return { ...body, meta: { ...meta, previous_token: null, next_token: tokenOf(meta["next_page_url"]) } };
  const conversationSid = conversation_sid ?? sid;
  if (typeof conversationSid === "string" && conversationSid.startsWith("CH") && typeof sid !== "string")
    return { ...body, status: "joined", sync_objects: objectsOf(conversationSid) };
  if (typeof sid === "string" && sid.startsWith("CH")) {
    const found = context.of(channel).get(sid);
    const isIn = context.of(member).find("identity", agent.identity, sid) !== undefined;
    return {
      ...body,
      status: isIn ? "joined" : "notParticipating",
      created_by: found?.fields.created_by ?? null,
      participants_count: found?.fields.members_count ?? 0,
      messages_count: found?.fields.messages_count ?? 0,
      sync_objects: objectsOf(sid),
    };
  }
  if (typeof sid === "string" && sid.startsWith("US") && typeof identity === "string")
    return { ...body, sync_objects: { user_info_map: names.user(sid) } };
  return body;
}

function objectsOf(sid: string): JsonObject {
  return {
    conversation: names.conversation(sid),
    messages: names.messages(sid),
    participants: names.participants(sid),
  };
}

function tokenOf(url: Json | undefined): string | null {
  return typeof url === "string" ? new URL(url).searchParams.get("PageToken") : null;
}

/** Whether an agent may do it: by the role in the conversation, or that in the service. */
function check(
  context: Context,
  agent: Agent,
  method: string,
  below: readonly string[],
  given: JsonObject,
): boolean {
  const [root, reference = "", part, sid = ""] = below;
  const { identity, serviceSid } = agent;
  const me = context.of(user).find("identity", identity, serviceSid);
  const isMe = reference === identity || reference === me?.sid;
  const joined = context.of(member).find("identity", identity, reference);
  const permissions = (roleSid: string | undefined): readonly string[] =>
    context.of(role).get(roleSid ?? "")?.fields.permissions ?? [];
  const inService = (...anyOf: string[]): boolean =>
    anyOf.some((name) =>
      permissions(
        me?.fields.role_sid ?? context.of(service).get(serviceSid)?.fields.default_service_role_sid,
      ).includes(name),
    );
  const inConversation = (...anyOf: string[]): boolean =>
    anyOf.some((name) => permissions(joined?.fields.role_sid).includes(name));
  if (root === "Users") {
    if (method === "GET") return part === undefined || isMe;
    return part === undefined ? inService(...(isMe ? ["editOwnUserInfo"] : []), "editAnyUserInfo") : isMe;
  }
  if (root !== "Conversations") return false;
  // Whoever has its task may look at a conversation; what is in it is for those who are there.
  if (method === "GET") return part === undefined || joined !== undefined;
  switch (part) {
    case undefined:
      if (reference === "") return inService("createChannel");
      if (method === "DELETE") return inConversation("destroyChannel") || inService("destroyChannel");
      return (
        (given["attributes"] === undefined ||
          inConversation("editChannelAttributes") ||
          inService("editChannelAttributes")) &&
        (given["friendly_name"] === undefined ||
          inConversation("editChannelName") ||
          inService("editChannelName"))
      );
    case "Messages": {
      const isOwn = context.of(message).get(sid)?.fields.from === identity;
      const own = isOwn ? "Own" : "Any";
      if (sid === "") return inConversation("sendMessage");
      if (method === "DELETE") return inConversation(`delete${own}Message`, "deleteAnyMessage");
      return (
        (given["body"] === undefined || inConversation(`edit${own}Message`, "editAnyMessage")) &&
        (given["attributes"] === undefined ||
          inConversation(`edit${own}MessageAttributes`, "editAnyMessageAttributes"))
      );
    }
    case "Participants": {
      const isOwn = sid === identity || sid === joined?.sid || (sid === "" && given["identity"] === identity);
      if (sid === "")
        return isOwn ? inService("joinChannel") : inConversation("addMember") || inService("addMember");
      if (method === "DELETE")
        return (
          inConversation(...(isOwn ? ["leaveChannel"] : []), "removeMember") || inService("removeMember")
        );
      return isOwn;
    }
    default:
      return false;
  }
}

/** Fields of JSON as forms have them: `messaging_binding: {proxy_address}` is `MessagingBinding.ProxyAddress`. */
function formOf(given: JsonObject, prefix = ""): Record<string, string> {
  return Object.assign(
    {},
    ...Object.entries(given).map(([name, value]) => {
      const key = prefix + name.replace(/(?:^|_)([a-z])/g, (_, letter: string) => letter.toUpperCase());
      if (value === null || (Array.isArray(value) && value.length === 0)) return {};
      if (isJsonObject(value)) return formOf(value, `${key}.`);
      return { [key]: typeof value === "string" ? value : JSON.stringify(value) };
    }),
  ) as Record<string, string>;
}
