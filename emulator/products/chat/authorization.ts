import type { Context } from "../../kernel/context.ts";
import type { Document } from "../../kernel/document.ts";
import { invalid, TwilioError } from "../../kernel/errors.ts";
import type { Person, RequestContext } from "../../kernel/request.ts";
import { type Channel, channel, type Member, member, message, role, service, user } from "./kinds.ts";

/** What a person needs for a request: one of these permissions, of the role in the channel or in the service. */
interface Need {
  readonly in: "channel" | "service";
  readonly anyOf: readonly string[];
}

/**
 * Refuses what the person's roles do not permit. People act through Twilio's chat clients over their own protocol;
 * here the same acts are REST requests with `token` and an access token as credentials.
 *
 * @throws TwilioError 50107 when a permission is missing, 50400 when the person is not in the channel
 */
export function authorize(request: RequestContext & { readonly operation: string }): void {
  const { context, person } = request;
  if (person === undefined) return;
  const { ServiceSid: serviceSid = request.parameters["Sid"] ?? "" } = request.parameters;
  if (person.chatServiceSid !== serviceSid) throw unauthorized();
  for (const need of needs(request, person)) {
    const permissions = permissionsOf(context, person, need, serviceSid, request);
    if (!need.anyOf.some((permission) => permissions.includes(permission))) throw unauthorized();
  }
}

function needs(request: RequestContext & { readonly operation: string }, person: Person): Need[] {
  const { form, operation } = request;
  const own = isOwn(request, person);
  const inChannel = (...anyOf: string[]): Need => ({ in: "channel", anyOf });
  const inService = (...anyOf: string[]): Need => ({ in: "service", anyOf });
  const when = (name: string, need: Need): Need[] => (form.has(name) ? [need] : []);
  switch (operation) {
    case "CreateMessage":
      refuseOtherAuthor(request, person);
      return [inChannel(form.has("MediaSid") ? "sendMediaMessage" : "sendMessage")];
    case "UpdateMessage":
      return [
        ...when("Body", own ? inChannel("editOwnMessage", "editAnyMessage") : inChannel("editAnyMessage")),
        ...when(
          "Attributes",
          own
            ? inChannel("editOwnMessageAttributes", "editAnyMessageAttributes")
            : inChannel("editAnyMessageAttributes"),
        ),
      ];
    case "DeleteMessage":
      return [own ? inChannel("deleteOwnMessage", "deleteAnyMessage") : inChannel("deleteAnyMessage")];
    case "UpdateChannel":
      return [
        ...when("FriendlyName", inChannel("editChannelName")),
        ...when("UniqueName", inChannel("editChannelName")),
        ...when("Attributes", inChannel("editChannelAttributes")),
      ];
    case "DeleteChannel":
      return [inChannel("destroyChannel")];
    case "CreateMember":
      return [
        form.get("Identity")?.[0] === person.identity ? inService("joinChannel") : inChannel("addMember"),
      ];
    case "UpdateMember":
      return when(
        "Attributes",
        own
          ? inChannel("editOwnMemberAttributes", "editAnyMemberAttributes")
          : inChannel("editAnyMemberAttributes"),
      );
    case "DeleteMember":
      return [own ? inChannel("leaveChannel", "removeMember") : inChannel("removeMember")];
    case "CreateInvite":
      return [inChannel("inviteMember")];
    case "CreateChannel":
      return [inService("createChannel")];
    case "UpdateUser":
      return [own ? inService("editOwnUserInfo", "editAnyUserInfo") : inService("editAnyUserInfo")];
    case "FetchChannel":
    case "ListMember":
    case "FetchMember":
    case "ListMessage":
    case "FetchMessage":
      // Whoever is in a channel may read it.
      memberOf(request, person);
      return [];
    case "FetchUser":
    case "ListUserChannel":
      return [];
    case "FetchUserChannel":
    case "UpdateUserChannel":
      if (!own) throw unauthorized();
      return when("NotificationLevel", inChannel("editNotificationLevel"));
    case "DeleteUserChannel":
      return [own ? inChannel("leaveChannel", "removeMember") : inChannel("removeMember")];
    default:
      throw unauthorized();
  }
}

function permissionsOf(
  context: Context,
  person: Person,
  need: Need,
  serviceSid: string,
  request: RequestContext,
): readonly string[] {
  const holder =
    need.in === "channel"
      ? memberOf(request, person)
      : context.of(user).find("identity", person.identity, serviceSid);
  const roleSid =
    holder?.fields.role_sid ?? context.of(service).get(serviceSid)?.fields.default_service_role_sid;
  return context.of(role).get(roleSid ?? "")?.fields.permissions ?? [];
}

/** @throws TwilioError 50400 when the person is not in the channel */
function memberOf(request: RequestContext, person: Person): Document<Member> {
  const found = channelOf(request);
  const joined = found && request.context.of(member).find("identity", person.identity, found.sid);
  if (joined === undefined) throw new TwilioError(404, 50400, "User not member of channel");
  return joined;
}

function channelOf({ context, parameters }: RequestContext): Document<Channel> | undefined {
  const reference = parameters["ChannelSid"] ?? parameters["Sid"] ?? "";
  const channels = context.of(channel);
  return channels.get(reference) ?? channels.find("unique_name", reference, parameters["ServiceSid"] ?? "");
}

/** Whether a message, member or user is the person's own. */
function isOwn(request: RequestContext & { readonly operation: string }, { identity }: Person): boolean {
  const { context, parameters, operation } = request;
  const { Sid: reference = parameters["UserSid"] ?? "" } = parameters;
  if (operation.endsWith("Message")) return context.of(message).get(reference)?.fields.from === identity;
  if (operation.endsWith("Member"))
    return reference === identity || context.of(member).get(reference)?.fields.identity === identity;
  return reference === identity || context.of(user).get(reference)?.fields.identity === identity;
}

function refuseOtherAuthor({ form }: RequestContext, { identity }: Person): void {
  const from = form.get("From")?.[0];
  if (from !== identity) throw invalid(`From must be the identity of the access token, ${identity}`, 50107);
}

function unauthorized(): TwilioError {
  return new TwilioError(403, 50107, "User unauthorized for command");
}
