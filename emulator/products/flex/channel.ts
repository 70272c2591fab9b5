import type { Context, Input } from "../../kernel/context.ts";
import { readInput, render } from "../../kernel/crud.ts";
import type { Document, Kind } from "../../kernel/document.ts";
import { invalid } from "../../kernel/errors.ts";
import { isJsonObject, type Json, type JsonObject } from "../../kernel/json.ts";
import { boolean, json, type Parameter, sid, text } from "../../kernel/parameter.ts";
import type { Reply, RequestContext } from "../../kernel/request.ts";
import { resource } from "../../kernel/resource.ts";
import { channel as chatChannel, user } from "../chat/kinds.ts";
import { type Channel, channel, type FlexFlow, flexFlow, webChannel } from "./kinds.ts";
import { attributesOf, openChannel, setAttributes } from "./openChannel.ts";

const common = {
  FlexFlowSid: sid("FO", { on: "create", required: true }),
  Identity: text({ on: "create", required: true, field: null }),
  ChatFriendlyName: text({ on: "create", required: true, field: null }),
  ChatUniqueName: text({ on: "create", field: null }),
  PreEngagementData: text({ on: "create", field: null }),
} as const satisfies Record<string, Parameter>;

export const channelResource = resource(channel, {
  prefix: "CH",
  path: "/v1/Channels",
  listKey: "flex_chat_channels",
  operations: ["fetch", "list", "delete"],
  parameters: {
    ...common,
    ChatUserFriendlyName: text({ on: "create", required: true, field: null }),
    Target: text({ on: "create", field: null }),
    TaskSid: sid("WT", { on: "create", field: null }),
    TaskAttributes: json({ on: "create", objectOnly: true, field: null }),
    LongLived: boolean({ on: "create", field: null }),
  },
  hidden: ["task_attributes"],
  beforeDelete: removeChatChannel,
});

/** The web chats: the same resource without user and task. */
export const webChannelResource = resource(webChannel, {
  prefix: "CH",
  path: "/v1/WebChannels",
  listKey: "flex_chat_channels",
  operations: ["fetch", "list", "update", "delete"],
  parameters: {
    ...common,
    CustomerFriendlyName: text({ on: "create", required: true, field: null }),
    ChatStatus: text({ on: "update", field: null, pattern: /^inactive$/i }),
    PostEngagementData: text({ on: "update", field: null }),
  },
  hidden: ["user_sid", "task_sid", "task_attributes"],
  afterUpdate({ sid: channelSid }, _previous, context, input) {
    const changes: JsonObject = {};
    if (typeof input["ChatStatus"] === "string") changes["status"] = "INACTIVE";
    if (typeof input["PostEngagementData"] === "string")
      changes["post_engagement_data"] = input["PostEngagementData"];
    setAttributes(context, channelSid, changes);
  },
  beforeDelete: removeChatChannel,
});

function removeChatChannel({ sid: channelSid }: Document<Channel>, context: Context): void {
  const found = context.of(chatChannel).get(channelSid);
  if (found === undefined) return;
  context.of(chatChannel).delete(found);
}

/** Answers a create of a channel for messages that go out, or come from a channel of one's own. */
export function createChannel(request: RequestContext): Reply {
  const input = readInput(request, channelResource, "create");
  const longLived = input["LongLived"];
  const target = textOf(input, "Target");
  const flow = findFlexFlow(request.context, input);
  const opened = open(request.context, flow, input, {
    userFriendlyName: textOf(input, "ChatUserFriendlyName") ?? "",
    from: target ?? textOf(input, "ChatUserFriendlyName") ?? "",
    longLived: typeof longLived === "boolean" ? longLived : undefined,
  });
  const made = register(request.context, channel, flow, opened, input);
  return { status: 201, body: render(made, channelResource, request) };
}

/** Answers a create of a web chat. */
export function createWebChannel(request: RequestContext): Reply {
  const input = readInput(request, webChannelResource, "create");
  const flow = findFlexFlow(request.context, input);
  const name = textOf(input, "CustomerFriendlyName") ?? "";
  const opened = open(request.context, flow, input, { userFriendlyName: name, from: name });
  const made = register(request.context, webChannel, flow, opened, input);
  return { status: 201, body: render(made, webChannelResource, request) };
}

function findFlexFlow(context: Context, input: Input): Document<FlexFlow> {
  const flowSid = String(input["FlexFlowSid"]);
  const found = context.of(flexFlow).get(flowSid);
  if (found === undefined) throw invalid(`Flex Flow ${flowSid} does not exist`, 45205);
  return found;
}

function open(
  context: Context,
  flow: Document<FlexFlow>,
  input: Input,
  names: { userFriendlyName: string; from: string; longLived?: boolean | undefined },
): ReturnType<typeof openChannel> {
  const uniqueName = textOf(input, "ChatUniqueName");
  if (uniqueName !== undefined) freeUniqueName(context, flow, uniqueName);
  const engagement = textOf(input, "PreEngagementData");
  return openChannel(context, {
    flexFlow: flow,
    identity: textOf(input, "Identity") ?? "",
    friendlyName: textOf(input, "ChatFriendlyName") ?? "",
    uniqueName,
    ...names,
    ...(engagement === undefined ? {} : { attributes: { pre_engagement_data: dataOf(engagement) } }),
  });
}

/**
 * What is known before a chat begins, as channels hold it: as an object, whose members flows read
 * (`trigger.message.ChannelAttributes.pre_engagement_data.…`,
 * https://www.twilio.com/docs/flex/developer/messaging/webchat/pre-engagement-form). No source says what becomes of other
 * text, nor that data given afterwards are an object: both stay text.
 */
function dataOf(given: string): Json {
  try {
    const data = JSON.parse(given) as Json;
    return isJsonObject(data) ? data : given;
  } catch {
    return given;
  }
}

/** A conversation that is over gives its name to the next one. @throws TwilioError 45208 while it is not */
function freeUniqueName(context: Context, flow: Document<FlexFlow>, uniqueName: string): void {
  const channels = context.of(chatChannel);
  const holder = channels.find("unique_name", uniqueName, flow.fields.chat_service_sid);
  if (holder === undefined) return;
  if (attributesOf(holder).status !== "INACTIVE")
    throw invalid(`Chat channel with unique name ${uniqueName} is active already`, 45208);
  channels.update(holder, { ...holder.fields, unique_name: null });
}

/** Keeps what Flex knows of a conversation. */
export function register(
  context: Context,
  kind: Kind<Channel>,
  flow: Document<FlexFlow>,
  opened: ReturnType<typeof openChannel>,
  input: Input,
): Document<Channel> {
  const identity = textOf(input, "Identity") ?? "";
  const owner = context.of(user).find("identity", identity, opened.parentSid);
  const fields = {
    flex_flow_sid: flow.sid,
    user_sid: owner?.sid ?? "",
    task_sid: textOf(input, "TaskSid") ?? null,
    task_attributes: textOf(input, "TaskAttributes") ?? "{}",
  };
  const made = context.of(kind).insert(context.accountSid, fields, opened.sid);
  // By now it may have its task.
  return context.of(kind).get(made.sid) ?? made;
}

function textOf(input: Input, name: string): string | undefined {
  const value = input[name];
  return typeof value === "string" && value !== "" ? value : undefined;
}
