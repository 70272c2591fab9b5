import { forbidden, notFound, TwilioError } from "../../kernel/errors.ts";
import type { Product, Route } from "../../kernel/product.ts";
import type { Reply, RequestContext } from "../../kernel/request.ts";
import { channel as chatChannel, member, role } from "../../products/chat/kinds.ts";
import { channel as flexChannel, webChannel } from "../../products/flex/kinds.ts";
import { note, noteError } from "../shared/journal.ts";

/** How Flex UI puts an agent into a chat channel; Twilio documents it nowhere. */
const path = "/v1/Channels/{ChannelSid}/Roles/{Role}/Users";

/** Flex API with what Flex UI asks of it. */
export function withAgents(flex: Product): Product {
  const add: Route = { method: "POST", path, handle: addAgent };
  return {
    ...flex,
    routes: [...(flex.routes ?? []), add],
    // Agents have access tokens, and this one thing to do here.
    authorize({ operation, person, form }) {
      if (operation !== `POST ${path}` || form.get("Identity")?.[0] !== person?.identity) throw forbidden();
    },
  };
}

function addAgent(request: RequestContext): Reply {
  const { ChannelSid: channelSid = "" } = request.parameters;
  const context = request.context.announced();
  try {
    const added = add({ ...request, context });
    note(context, channelSid, "agent", `${added.identity} joined the chat channel`, added.sid);
    return { status: 201, body: added };
  } catch (error) {
    if (!(error instanceof TwilioError)) throw error;
    // Not thrown on: a refusal would take its note with it.
    const { code, message } = error;
    noteError(context, channelSid, "agent", code, `The agent was not added to the chat channel: ${message}`);
    return { status: error.status, body: error.toJSON() };
  }
}

function add({ context, parameters, form, path: requested }: RequestContext): {
  sid: string;
  identity: string;
} {
  const { ChannelSid: channelSid = "", Role: roleName = "" } = parameters;
  const isOfFlex =
    context.of(flexChannel).get(channelSid) !== undefined ||
    context.of(webChannel).get(channelSid) !== undefined;
  const joined = context.of(chatChannel).get(channelSid);
  // A channel that no Flex handler made is none of Flex's, whatever is in Chat.
  if (!isOfFlex || joined === undefined) throw notFound(requested);
  const identity = form.get("Identity")?.[0] ?? "";
  if (identity === "")
    throw new TwilioError(400, 20001, "Missing required parameter Identity in the post body");
  const found = context
    .of(role)
    .all(joined.parentSid)
    .find(({ fields }) => fields.type === "channel" && fields.friendly_name === roleName);
  if (found === undefined)
    throw new TwilioError(400, 50101, `Channel role not found: ${roleName.slice(0, 64)}`);
  const { sid } = context.of(member).create(channelSid, {
    Identity: identity,
    RoleSid: found.sid,
    Attributes: JSON.stringify({ member_type: "agent" }),
  });
  return { sid, identity };
}
