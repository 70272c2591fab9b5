import type { Context, Reply, RequestContext } from "../../kernel/context.ts";
import { create } from "../../kernel/crud.ts";
import { TwilioError } from "../../kernel/errors.ts";
import { sid, text } from "../../kernel/parameter.ts";
import { type Document, resource, type Resource } from "../../kernel/resource.ts";
import { channel } from "./channel.ts";
import { member } from "./member.ts";
import { kept } from "./parameters.ts";
import { checkRole } from "./role.ts";
import { service } from "./service.ts";

/** An invitation to join a channel; it is gone when the invited one is a member, with its role. */
export interface Invite {
  identity: string;
  role_sid: string;
  /** Identity of who invited; `system`: the API. */
  created_by: string;
}

export const invite: Resource<Invite> = resource<Invite>({
  kind: "chat.Invite",
  prefix: "IN",
  path: "/v2/Services/{ServiceSid}/Channels/{ChannelSid}/Invites",
  parent: () => channel,
  listKey: "invites",
  operations: ["fetch", "list", "delete"],
  maxPageSize: 100,
  parameters: {
    Identity: text({ on: "create", required: true, max: 512 }),
    RoleSid: kept(sid("RL", { on: "create" })),
  },
  unique: [{ field: "identity", taken: () => new TwilioError(409, 50212, "User already invited") }],
  indexed: ["role_sid"],
  filters: {
    Identity: {
      test:
        (identities) =>
        ({ fields }) =>
          identities.includes(fields.identity),
    },
  },
  beforeWrite({ fields, parentSid, input }, context) {
    const { parentSid: serviceSid = "" } = context.of(channel).get(parentSid) ?? {};
    if (input["RoleSid"] !== undefined) checkRole(context, serviceSid, fields.role_sid, "channel");
    else fields.role_sid = context.of(service).get(serviceSid)?.fields.default_channel_role_sid ?? "";
    if (context.of(member).find("identity", fields.identity, parentSid) !== undefined)
      throw new TwilioError(409, 50404, "Member already exists");
  },
});

/** Answers a create. */
export function createInvite(request: RequestContext): Reply {
  return create(request, {
    ...invite,
    beforeWrite(draft, context) {
      invite.beforeWrite(draft, context);
      draft.fields.created_by = request.person?.identity ?? "system";
    },
  });
}

/** The open invitation of an identity to a channel. */
export function inviteOf(
  context: Context,
  channelSid: string,
  identity: string,
): Document<Invite> | undefined {
  return context.of(invite).find("identity", identity, channelSid);
}
