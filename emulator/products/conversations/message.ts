import type { Context } from "../../kernel/context.ts";
import type { Change } from "../../kernel/context.ts";
import { list } from "../../kernel/crud.ts";
import type { Document } from "../../kernel/document.ts";
import { invalid } from "../../kernel/errors.ts";
import { first } from "../../kernel/form.ts";
import { oneOf, sid, text } from "../../kernel/parameter.ts";
import { channel, member, message, type Message } from "../chat/kinds.ts";
import { attributes, dates, forgetGivenUpdate, renderDates } from "../chat/parameters.ts";
import { messageResource } from "../chat/message.ts";
import { bindingsIn } from "./binding.ts";
import { conversationView } from "./conversation.ts";
import { deliveryOf } from "./delivery.ts";
import { inBothForms } from "./forms.ts";
import { atMost } from "./parameters.ts";
import { refuseClosed, touch } from "./state.ts";

const maxBody = 1600;
const order = oneOf(["asc", "desc"]);

/** A message of Chat. */
export const messageView = inBothForms(
  message,
  (base) => ({
    prefix: "IM",
    path: `${base}/Conversations/{ConversationSid}/Messages`,
    parent: conversationView.inService,
    listKey: "messages",
    operations: ["create", "fetch", "update", "delete"],
    maxPageSize: 100,
    parameters: {
      Author: text({ default: "system", field: "from" }),
      Body: text({ default: "", max: maxBody }),
      Attributes: atMost(4 * 1024, attributes),
      MediaSid: sid("ME", { on: "create", field: null }),
      ContentSid: sid("HX", { on: "create", field: null }),
      ContentVariables: text({ on: "create", field: null }),
      // Of mail; answers do not have it.
      Subject: text({ max: 256, field: null }),
      ...dates,
    },
    hidden: ["from", "last_updated_by", "was_edited"],
    links: { delivery_receipts: "/Receipts", channel_metadata: "/ChannelMetadata" },
    render(document, context) {
      const { from, body } = document.fields;
      return {
        ...renderDates(document),
        author: from,
        body: body === "" ? null : body,
        media: null,
        participant_sid: authorOf(context, document) ?? null,
        delivery: deliveryOf(context, document.sid),
        content_sid: null,
      };
    },
    beforeWrite(draft, context) {
      const { fields, parentSid, previous, input } = draft;
      refuseClosed(context, parentSid);
      if (previous === undefined) {
        // The local Twilio stores no files and no content templates.
        for (const name of ["MediaSid", "ContentSid"])
          if (typeof input[name] === "string") throw invalid(`${name} ${input[name]} does not exist`);
        fields.index = context.of(channel).get(parentSid)?.fields.next_message_index ?? 0;
        fields.last_updated_by = fields.from;
        fields.was_edited = false;
      } else if (input["Body"] !== undefined || input["Attributes"] !== undefined) {
        fields.was_edited = true;
        fields.last_updated_by = "system";
      }
      forgetGivenUpdate(draft);
    },
    afterCreate: messageResource.afterCreate,
    beforeDelete: messageResource.beforeDelete,
  }),
  (form) => [
    {
      method: "GET",
      path: form.path,
      handle(request) {
        const given = order.read([first(request.query, "Order") ?? ""], "Order");
        return list(request, given === "desc" ? { ...form, newestFirst: true } : form);
      },
    },
  ],
);

/** SID of the participant who wrote a message; undefined when nobody in the conversation did. */
export function authorOf(
  context: Context,
  { parentSid, fields: { from } }: Document<Message>,
): string | undefined {
  return (
    context.of(member).find("identity", from, parentSid)?.sid ??
    bindingsIn(context, parentSid).find(({ fields }) => fields.address === from)?.sid
  );
}

/** A message makes its conversation active, whichever API it came by. */
export function wakeUp(change: Change, context: Context): void {
  if (change.action === "create" && change.kind === message.kind) touch(context, change.after.parentSid);
}
