import type { Context } from "../../kernel/context.ts";
import { list } from "../../kernel/crud.ts";
import { isoDate } from "../../kernel/date.ts";
import { invalid } from "../../kernel/errors.ts";
import { first } from "../../kernel/form.ts";
import type { Route } from "../../kernel/product.ts";
import { resource } from "../../kernel/resource.ts";
import { channel, member, user, userChannel } from "../chat/kinds.ts";
import { inDefaultService } from "./defaultService.ts";
import { binding } from "./kinds.ts";
import { serviceView } from "./service.ts";
import { conversationOf, timersOf } from "./state.ts";
import { userView } from "./user.ts";

/** A row: somebody's part in a conversation, whichever way it was found. */
function row(context: Context, base: string, conversationSid: string, participantSid: string): object {
  const joined = context.of(channel).get(conversationSid);
  const taking = context.of(member).get(participantSid);
  const bound = context.of(binding).get(participantSid)?.fields;
  if (joined === undefined || taking === undefined) return {};
  const { fields, created, updated, parentSid: serviceSid } = joined;
  const { identity } = taking.fields;
  const known = conversationOf(context, conversationSid);
  const path = `https://conversations.twilio.com${base.replace("{ChatServiceSid}", serviceSid)}`;
  return {
    account_sid: context.accountSid,
    chat_service_sid: serviceSid,
    participant_sid: participantSid,
    participant_user_sid:
      identity === "" ? null : (context.of(user).find("identity", identity, serviceSid)?.sid ?? null),
    participant_identity: identity === "" ? null : identity,
    participant_messaging_binding:
      bound === undefined
        ? null
        : {
            address: bound.address,
            proxy_address: bound.proxy_address,
            type: bound.type,
            level: null,
            name: null,
            projected_address: bound.projected_address,
          },
    conversation_sid: conversationSid,
    conversation_unique_name: fields.unique_name,
    conversation_friendly_name: fields.friendly_name,
    conversation_attributes: fields.attributes,
    conversation_date_created: fields.date_created ?? isoDate(created),
    conversation_date_updated: fields.date_updated ?? isoDate(updated),
    conversation_created_by: fields.created_by,
    conversation_state: known.state,
    conversation_timers: timersOf(known),
    links: {
      participant: `${path}/Conversations/${conversationSid}/Participants/${participantSid}`,
      conversation: `${path}/Conversations/${conversationSid}`,
    },
  };
}

function route(base: string): Route {
  const path = `${base}/ParticipantConversations`;
  const common = {
    prefix: "MB",
    path,
    listKey: "conversations",
    maxPageSize: 50,
    defaultPageSize: 50,
  } as const;
  const usual = ["sid", "account_sid", "chat_service_sid", "user_sid", "date_created", "date_updated", "url"];
  const byAddress = resource(binding, {
    ...common,
    parent: serviceView,
    filters: { Address: { field: "address" } },
    hidden: [...usual, "conversation_sid", "type", "address", "proxy_address", "projected_address", "pair"],
    render: ({ sid, fields }, context) => row(context, base, fields.conversation_sid, sid),
  });
  const byIdentity = resource(userChannel, {
    ...common,
    parent: userView.inService,
    hidden: [...usual, "channel_sid", "member_sid", "notification_level"],
    render: ({ fields }, context) => row(context, base, fields.channel_sid, fields.member_sid),
  });
  return {
    method: "GET",
    path,
    handle(request) {
      const identity = first(request.query, "Identity") ?? "";
      const address = first(request.query, "Address") ?? "";
      if ((identity === "") === (address === ""))
        throw invalid("Either Identity or Address is required, and not both");
      if (address !== "") return list(request, byAddress);
      const serviceSid = request.parameters["ChatServiceSid"] ?? "";
      const known = request.context.of(user).find("identity", identity, serviceSid);
      // Nobody of that name is in no conversation.
      if (known === undefined) return list(request, byAddress, () => false);
      return list({ ...request, parameters: { ...request.parameters, UserSid: known.sid } }, byIdentity);
    },
  };
}

/** In which conversations somebody is: by identity, or by address, which tells who has a pair. */
export const participantConversationRoutes: readonly Route[] = [
  route("/v1/Services/{ChatServiceSid}"),
  inDefaultService(route("/v1")),
];
