import type { Context } from "../../kernel/context.ts";
import type { Document } from "../../kernel/document.ts";
import { incomingPhoneNumber } from "../../products/api/kinds.ts";
import { phoneNumber, service, type Service } from "../../products/messaging/kinds.ts";

/** The Messaging Service that a number is a sender of. */
export function serviceOfSender(context: Context, numberSid: string): Document<Service> | undefined {
  const serviceSid = context.of(phoneNumber).get(numberSid)?.parentSid;
  return serviceSid === undefined ? undefined : context.of(service).get(serviceSid);
}

/** The Messaging Service that opens a conversation for whoever texts to a number, if it is in one that does. */
export function autocreatorOf(context: Context, number: string): Document<Service> | undefined {
  const owned = context.of(incomingPhoneNumber).find("phone_number", number);
  const found = owned && serviceOfSender(context, owned.sid);
  return found?.fields.autocreates_conversations === true ? found : undefined;
}
