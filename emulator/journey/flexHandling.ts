import type { Context } from "../kernel/context.ts";
import { createDocument } from "../kernel/crud.ts";
import { TwilioError } from "../kernel/errors.ts";
import type { Document } from "../kernel/resource.ts";
import type { IncomingPhoneNumber } from "../products/api/incomingPhoneNumber.ts";
import type { Message } from "../products/api/message.ts";
import { channel as flexChannel } from "../products/flex/channel.ts";
import { flexFlow, type FlexFlow } from "../products/flex/flexFlow.ts";
import { openChannel, setAttributes } from "../products/flex/openChannel.ts";
import { user } from "../products/chat/user.ts";
import { findByPair, participant } from "../products/proxy/participant.ts";
import { phoneNumber as poolNumber } from "../products/proxy/phoneNumber.ts";
import { service as proxyService } from "../products/proxy/service.ts";
import { session } from "../products/proxy/session.ts";
import { note, noteError } from "./journal.ts";
import { askOutOfSession } from "./outOfSession.ts";
import { pass } from "./pass.ts";

/** Takes a message that Proxy's webhook gets: into the conversation it belongs to, or a new one by the Flex Flow. */
export function handleByFlex(
  context: Context,
  received: Document<Message>,
  number: Document<IncomingPhoneNumber>,
  serviceSid: string,
): void {
  const { from, to } = received.fields;
  const service = context.of(proxyService).get(serviceSid);
  if (service === undefined)
    return noteError(context, received.sid, "proxy", 80408, `Proxy service ${serviceSid} does not exist`);
  if (context.of(poolNumber).get(number.sid)?.parentSid !== serviceSid)
    return noteError(
      context,
      received.sid,
      "proxy",
      80620,
      `${to} is not in the number pool of Proxy service ${serviceSid}`,
      number.sid,
    );
  const known = findByPair(context, serviceSid, from, to);
  if (known !== undefined) return pass(context, received, known);
  const flow = findFlexFlow(context, to);
  if (flow !== undefined) return begin(context, received, serviceSid, flow);
  if (service.fields.out_of_session_callback_url === null)
    return noteError(
      context,
      received.sid,
      "proxy",
      45205,
      `There is no enabled Flex Flow for ${to}`,
      number.sid,
    );
  askOutOfSession(context, received, service);
}

/** The enabled Flex Flow for texts to a number. */
function findFlexFlow(context: Context, address: string): Document<FlexFlow> | undefined {
  return context
    .of(flexFlow)
    .all(context.accountSid, { field: "contact_identity", value: address })
    .find(({ fields }) => fields.enabled && fields.channel_type === "sms");
}

/** Opens chat channel and session for somebody who writes for the first time, or again. */
function begin(
  context: Context,
  received: Document<Message>,
  serviceSid: string,
  flow: Document<FlexFlow>,
): void {
  const { from, to } = received.fields;
  const opened = openChannel(context, {
    flexFlow: flow,
    identity: from,
    userFriendlyName: from,
    friendlyName: from,
    from,
    attributes: { twilioNumber: to, serviceNumber: to },
  });
  const owner = context.of(user).find("identity", from, opened.parentSid);
  context
    .of(flexChannel)
    .insert(
      context.accountSid,
      { flex_flow_sid: flow.sid, user_sid: owner?.sid ?? "", task_sid: null, task_attributes: "{}" },
      opened.sid,
    );
  try {
    const made = createDocument(context, session, serviceSid, {
      UniqueName: opened.sid,
      Mode: "message-only",
    });
    const customer = createDocument(context, participant, made.sid, {
      Identifier: from,
      ProxyIdentifier: to,
    });
    createDocument(context, participant, made.sid, { Identifier: opened.sid, ProxyIdentifier: to });
    setAttributes(context, opened.sid, { proxySession: made.sid });
    note(context, opened.sid, "chat", `Chat channel opened by Flex Flow ${flow.sid}`, opened.sid);
    note(context, opened.sid, "proxy", "Proxy session opened", made.sid);
    pass(context, received, customer);
  } catch (error) {
    if (!(error instanceof TwilioError)) throw error;
    noteError(context, received.sid, "proxy", error.code, `No session was opened: ${error.message}`);
  }
}
