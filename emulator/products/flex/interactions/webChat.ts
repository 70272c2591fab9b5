import { missingParameter, TwilioError } from "../../../kernel/errors.ts";
import { first } from "../../../kernel/form.ts";
import type { Reply, RequestContext } from "../../../kernel/request.ts";
import { service, user } from "../../chat/kinds.ts";
import { userOf } from "../../chat/membership.ts";
import { addHandler, addIdentity, openConversation } from "../../conversations/acts.ts";
import { defaultService, serviceMissing } from "../../conversations/defaultService.ts";
import { address } from "../../conversations/kinds.ts";

export const webChatPath = "/v2/WebChats";

/** Answers a create: a conversation with a visitor, whose messages go where the address says. */
export function createWebChat(request: RequestContext): Reply {
  const context = request.context.announced();
  const given = (name: string): string | undefined => first(request.form, name) || undefined;
  const addressSid = given("AddressSid");
  if (addressSid === undefined) throw missingParameter("AddressSid");
  const found = context.of(address).get(addressSid);
  if (found === undefined)
    throw new TwilioError(404, 20404, `Address ${addressSid.slice(0, 64)} was not found`);
  if (found.fields.type.toLowerCase() !== "chat")
    throw new TwilioError(400, 45762, `Address ${found.sid} is of type ${found.fields.type}, not chat`);
  const { auto_creation } = found.fields;
  if (!auto_creation.enabled)
    throw new TwilioError(400, 45761, `Address ${found.sid} is not enabled: it opens no conversation`);
  const serviceSid = auto_creation.conversation_service_sid ?? defaultService(context)?.sid ?? "default";
  if (context.of(service).get(serviceSid) === undefined) throw serviceMissing(serviceSid);
  const name = given("CustomerFriendlyName");
  const identity = given("Identity") ?? context.newSid("FX").slice(2);
  const data = given("PreEngagementData");
  const friendlyName = given("ChatFriendlyName");
  const { sid } = openConversation(context, serviceSid, {
    ...(friendlyName === undefined ? {} : { FriendlyName: friendlyName }),
    ...(data === undefined ? {} : { Attributes: JSON.stringify({ pre_engagement_data: dataOf(data) }) }),
  });
  const visitor = userOf(context, serviceSid, identity);
  if (name !== undefined) context.of(user).change(visitor, { FriendlyName: name });
  addHandler(context, sid, auto_creation);
  addIdentity(context, sid, identity);
  return { status: 201, body: { conversation_sid: sid, identity } };
}

/** As JSON where it is some, which flows read by its members. */
function dataOf(given: string): unknown {
  try {
    return JSON.parse(given) as unknown;
  } catch {
    return given;
  }
}
