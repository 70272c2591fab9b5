import type { Reply, RequestContext } from "../../kernel/context.ts";
import { list } from "../../kernel/crud.ts";
import { invalid } from "../../kernel/errors.ts";
import { first } from "../../kernel/form.ts";
import { oneOf, sid, text } from "../../kernel/parameter.ts";
import { resource, type Resource } from "../../kernel/resource.ts";
import { channel, count } from "./channel.ts";
import {
  attributes,
  dates,
  forgetGivenUpdate,
  type GivenDates,
  refuseEmptyUpdate,
  renderDates,
} from "./parameters.ts";

export interface Message extends GivenDates {
  from: string;
  body: string;
  attributes: string;
  last_updated_by: string | null;
  was_edited: boolean;
  index: number;
}

export const message: Resource<Message> = resource<Message>({
  kind: "chat.Message",
  prefix: "IM",
  path: "/v2/Services/{ServiceSid}/Channels/{ChannelSid}/Messages",
  parent: () => channel,
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
  return list(request, given === "desc" ? { ...message, newestFirst: true } : message);
}
