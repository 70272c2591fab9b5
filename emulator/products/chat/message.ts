import { list } from "../../kernel/crud.ts";
import { invalid } from "../../kernel/errors.ts";
import { first } from "../../kernel/form.ts";
import { oneOf, sid, text } from "../../kernel/parameter.ts";
import type { Reply, RequestContext } from "../../kernel/request.ts";
import { resource } from "../../kernel/resource.ts";
import { channelResource } from "./channel.ts";
import { count } from "./counters.ts";
import { channel, message } from "./kinds.ts";
import { attributes, dates, forgetGivenUpdate, refuseEmptyUpdate, renderDates } from "./parameters.ts";

export const messageResource = resource(message, {
  prefix: "IM",
  path: "/v2/Services/{ServiceSid}/Channels/{ChannelSid}/Messages",
  parent: channelResource,
  listKey: "messages",
  operations: ["create", "fetch", "update", "delete"],
  maxPageSize: 100,
  parameters: {
    From: text({ default: "system" }),
    Body: text({ default: "" }),
    MediaSid: sid("ME", { on: "create", field: null }),
    Attributes: attributes,
    LastUpdatedBy: text(),
    ...dates,
  },
  render: (document) => ({ to: document.parentSid, type: "text", media: null, ...renderDates(document) }),
  beforeWrite(draft, context) {
    const { fields, parentSid, previous, input } = draft;
    refuseEmptyUpdate(draft);
    if (Buffer.byteLength(fields.body) > maxBodyBytes) {
      throw invalid(
        `Body is ${Buffer.byteLength(fields.body)} bytes long; at most ${maxBodyBytes} are allowed`,
      );
    }
    if (previous === undefined) {
      // The local Twilio stores no files, so no media exists.
      if (typeof input["MediaSid"] === "string") throw invalid(`Media ${input["MediaSid"]} does not exist`);
      fields.index = context.of(channel).get(parentSid)?.fields.next_message_index ?? 0;
      fields.was_edited = false;
      fields.last_updated_by ??= fields.from;
    } else if (input["Body"] !== undefined || input["Attributes"] !== undefined) {
      fields.was_edited = true;
      if (input["LastUpdatedBy"] === undefined) fields.last_updated_by = "system";
    }
    forgetGivenUpdate(draft);
  },
  afterCreate({ parentSid }, context) {
    count(context, parentSid, { messages: 1 });
  },
  beforeDelete({ parentSid }, context) {
    count(context, parentSid, { messages: -1 });
  },
});

const maxBodyBytes = 32 * 1024;

/** Attributes of a message with files. Chat stores none here: their addresses stand in the attributes. */
export function mediaAttributes(urls: readonly string[]): string {
  return JSON.stringify(urls.length === 0 ? {} : { media: urls });
}

const order = oneOf(["asc", "desc"]);

/** Answers the list: oldest first, unless `Order` says otherwise. */
export function listMessages(request: RequestContext): Reply {
  const given = order.read([first(request.query, "Order") ?? ""], "Order");
  return list(request, given === "desc" ? { ...messageResource, newestFirst: true } : messageResource);
}
