import type { Context, Input } from "../../kernel/context.ts";
import { isoDate } from "../../kernel/date.ts";
import { invalid, TwilioError } from "../../kernel/errors.ts";
import { dateTime, integer, type Parameter, sid, text } from "../../kernel/parameter.ts";
import type { Draft } from "../../kernel/resource.ts";
import { channel, type Member, member, service, user, userChannel } from "../chat/kinds.ts";
import { count } from "../chat/counters.ts";
import { memberResource } from "../chat/member.ts";
import { addUserChannel, removeUserChannel } from "../chat/membership.ts";
import { attributes, dates, forgetGivenUpdate, kept, renderDates } from "../chat/parameters.ts";
import { checkRole } from "../chat/serviceRoles.ts";
import { bindingsIn, complete } from "./binding.ts";
import { conversationView } from "./conversation.ts";
import { inBothForms } from "./forms.ts";
import { type Binding, binding } from "./kinds.ts";
import { atMost } from "./parameters.ts";
import { refuseClosed } from "./state.ts";

const maxParticipants = 1000;
const maxBound = 50;
const maxConversations = 1000;
const address = text({ field: null });

export const participantParameters = {
  Identity: text({ max: 256, default: "" }),
  "MessagingBinding.Address": { ...address, on: "create" },
  "MessagingBinding.ProxyAddress": address,
  "MessagingBinding.ProjectedAddress": address,
  RoleSid: kept(sid("RL")),
  Attributes: atMost(4 * 1024, attributes),
  LastReadMessageIndex: integer({ on: "update", min: 0, field: "last_consumed_message_index" }),
  LastReadTimestamp: dateTime({ on: "update", field: "last_consumption_timestamp" }),
  ...dates,
} as const satisfies Record<string, Parameter>;

/** A member of Chat, who may also take part by an address, and need not be in chat then. */
export const participantView = inBothForms(member, (base) => ({
  prefix: "MB",
  path: `${base}/Conversations/{ConversationSid}/Participants`,
  parent: conversationView.inService,
  listKey: "participants",
  maxPageSize: 100,
  parameters: participantParameters,
  alias: "identity",
  hidden: ["last_consumed_message_index", "last_consumption_timestamp"],
  render(document, context) {
    const { identity, last_consumed_message_index, last_consumption_timestamp } = document.fields;
    const bound = context.of(binding).get(document.sid)?.fields;
    return {
      ...renderDates(document),
      identity: identity === "" ? null : identity,
      messaging_binding: bound === undefined ? null : renderBinding(bound),
      last_read_message_index: last_consumed_message_index,
      last_read_timestamp: last_consumption_timestamp,
    };
  },
  beforeWrite(draft, context) {
    const { fields, parentSid, previous, input } = draft;
    refuseClosed(context, parentSid);
    const { parentSid: serviceSid = "", fields: joined } = context.of(channel).get(parentSid) ?? {};
    checkIdentity(draft, context);
    const settings = context.of(service).get(serviceSid)?.fields;
    if (input["RoleSid"] !== undefined) checkRole(context, serviceSid, fields.role_sid, "channel");
    else if (previous === undefined)
      fields.role_sid =
        (joined?.created_by === fields.identity
          ? settings?.default_channel_creator_role_sid
          : settings?.default_channel_role_sid) ?? "";
    if (input["LastReadMessageIndex"] !== undefined && input["LastReadTimestamp"] === undefined)
      fields.last_consumption_timestamp = isoDate(context.now);
    forgetGivenUpdate(draft);
    if (previous === undefined) checkRoom(context, draft, serviceSid, joined?.members_count ?? 0);
  },
  afterCreate(document, context, input) {
    const { sid: memberSid, parentSid, fields } = document;
    const serviceSid = context.of(channel).get(parentSid)?.parentSid ?? "";
    if (fields.identity !== "") addUserChannel(context, serviceSid, document);
    count(context, parentSid, { members: 1 });
    if (isBound(input))
      context.of(binding).insert(serviceSid, complete(context, parentSid, given(input)), memberSid);
  },
  afterUpdate(document, previous, context, input) {
    const { sid: memberSid, parentSid, fields } = document;
    const serviceSid = context.of(channel).get(parentSid)?.parentSid ?? "";
    if (fields.identity !== previous.fields.identity) {
      removeUserChannel(context, previous);
      if (fields.identity !== "") addUserChannel(context, serviceSid, document);
    }
    if (isBound(input)) rebind(context, { memberSid, serviceSid, conversationSid: parentSid }, input);
  },
  beforeDelete: memberResource.beforeDelete,
}));

export function renderBinding({ type, address, proxy_address, projected_address }: Binding): object {
  return {
    type,
    ...(address === null ? {} : { address }),
    ...(proxy_address === null ? {} : { proxy_address }),
    ...(projected_address === null ? {} : { projected_address }),
  };
}

const addresses = [
  "MessagingBinding.Address",
  "MessagingBinding.ProxyAddress",
  "MessagingBinding.ProjectedAddress",
] as const;

function isBound(input: Input): boolean {
  return addresses.some((name) => typeof input[name] === "string");
}

function given(input: Input): { address: string | null; proxy: string | null; projected: string | null } {
  const [address, proxy, projected] = addresses.map((name) => input[name]);
  const textOf = (value: unknown): string | null => (typeof value === "string" ? value : null);
  return { address: textOf(address), proxy: textOf(proxy), projected: textOf(projected) };
}

function checkIdentity({ fields, parentSid, previous, input }: Draft<Member>, context: Context): void {
  const { identity } = fields;
  if (previous === undefined && identity === "" && !isBound(input))
    throw invalid("Identity or MessagingBinding.Address is required to add a participant");
  if (identity === "" || identity === previous?.fields.identity) return;
  if (context.of(member).find("identity", identity, parentSid) !== undefined)
    throw new TwilioError(409, 50433, "Participant already exists");
}

/** @throws TwilioError when there are as many as may be, in the conversation or of the user */
function checkRoom(
  context: Context,
  { fields, parentSid, input }: Draft<Member>,
  serviceSid: string,
  all: number,
): void {
  if (all >= maxParticipants)
    throw invalid(`A conversation has at most ${maxParticipants} participants`, 50418);
  if (isBound(input) && bindingsIn(context, parentSid).length >= maxBound)
    throw invalid(`A conversation has at most ${maxBound} participants who are not in chat`, 50417);
  const known =
    fields.identity === "" ? undefined : context.of(user).find("identity", fields.identity, serviceSid);
  if (known !== undefined && context.of(userChannel).count(known.sid) >= maxConversations)
    throw invalid(`A user is in at most ${maxConversations} conversations`, 50214);
}

/** The text `null` takes an address away. */
const none = "null";

function rebind(
  context: Context,
  where: { memberSid: string; serviceSid: string; conversationSid: string },
  input: Input,
): void {
  const bindings = context.of(binding);
  const { proxy, projected } = given(input);
  const before = bindings.get(where.memberSid);
  if (proxy !== null && proxy === before?.fields.proxy_address)
    throw invalid(`MessagingBinding.ProxyAddress is ${proxy} already`, 50441);
  const next = (value: string | null, was: string | null | undefined): string | null =>
    value === none ? null : (value ?? was ?? null);
  const wanted = {
    address: before?.fields.address ?? null,
    proxy: next(proxy, before?.fields.proxy_address),
    projected: next(projected, before?.fields.projected_address),
  };
  // It must not stand in its own way.
  if (before !== undefined) bindings.remove(before);
  if (wanted.address === null && wanted.projected === null) return;
  bindings.insert(where.serviceSid, complete(context, where.conversationSid, wanted), where.memberSid);
}
