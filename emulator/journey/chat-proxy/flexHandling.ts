import type { Context } from "../../kernel/context.ts";
import type { Document } from "../../kernel/document.ts";
import { TwilioError } from "../../kernel/errors.ts";
import type { IncomingPhoneNumber, Message } from "../../products/api/kinds.ts";
import { user } from "../../products/chat/kinds.ts";
import { channel as flexChannel, type FlexFlow, flexFlow } from "../../products/flex/kinds.ts";
import { openChannel, setAttributes } from "../../products/flex/openChannel.ts";
import {
  participant,
  phoneNumber as poolNumber,
  service as proxyService,
  session,
} from "../../products/proxy/kinds.ts";
import { findByPair } from "../../products/proxy/pair.ts";
import { note, noteError } from "../shared/journal.ts";
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
    const made = context.of(session).create(serviceSid, {
      UniqueName: opened.sid,
      Mode: "message-only",
    });
    const customer = context.of(participant).create(made.sid, {
      Identifier: from,
      ProxyIdentifier: to,
    });
    context.of(participant).create(made.sid, { Identifier: opened.sid, ProxyIdentifier: to });
    setAttributes(context, opened.sid, { proxySession: made.sid });
    note(context, opened.sid, "chat", `Chat channel opened by Flex Flow ${flow.sid}`, opened.sid);
    note(context, opened.sid, "proxy", "Proxy session opened", made.sid);
    pass(context, received, customer);
  } catch (error) {
    if (!(error instanceof TwilioError)) throw error;
    noteError(context, received.sid, "proxy", error.code, `No session was opened: ${error.message}`);
  }
}
