import type { Context, Input } from "../../kernel/context.ts";
import { list } from "../../kernel/crud.ts";
import { invalid, TwilioError } from "../../kernel/errors.ts";
import { oneOf, type Parameter, sid, text } from "../../kernel/parameter.ts";
import type { Draft, Filter, ResourceDeclaration } from "../../kernel/resource.ts";
import { isSid } from "../../kernel/sid.ts";
import { type Channel, channel, member } from "../chat/kinds.ts";
import { removeMember } from "../chat/membership.ts";
import { attributes, dates, forgetGivenUpdate, renderDates } from "../chat/parameters.ts";
import { closedMinutes, inactiveMinutes, timer } from "./duration.ts";
import { inBothForms } from "./forms.ts";
import { type Conversation, type State } from "./kinds.ts";
import { atMost } from "./parameters.ts";
import { serviceView } from "./service.ts";
import { conversationOf, lengthOf, refuseClosed, store, timersOf, unset } from "./state.ts";

/** What Conversations keeps beside the channel. */
const beside = {
  MessagingServiceSid: sid("MG", { field: null }),
  State: oneOf(["inactive", "active", "closed"], { field: null }),
  "Timers.Inactive": timer(inactiveMinutes, { field: null }),
  "Timers.Closed": timer(closedMinutes, { field: null }),
  "Bindings.Email.Address": text({ field: null }),
  "Bindings.Email.Name": text({ field: null }),
} as const satisfies Record<string, Parameter>;

const maxAttributes = 16 * 1024;

export const conversationParameters = {
  FriendlyName: text({ max: 256 }),
  UniqueName: text(),
  Attributes: atMost(maxAttributes, attributes),
  ...dates,
  ...beside,
} as const satisfies Record<string, Parameter>;

/** What goes for conversations however they are made. */
export const conversationHooks = {
  beforeWrite(draft: Draft<Channel>, context: Context) {
    const { fields, previous, input } = draft;
    if (previous !== undefined) refuseClosed(context, previous.sid);
    checkName(draft, context);
    if (previous === undefined) {
      const hasTimer = input["Timers.Inactive"] !== undefined || input["Timers.Closed"] !== undefined;
      if (hasTimer && input["State"] === undefined)
        throw invalid("Timers can't be given without State when a conversation is created", 50382);
      Object.assign(fields, {
        type: "private",
        created_by: "system",
        members_count: 0,
        messages_count: 0,
        next_message_index: 0,
      });
    }
    forgetGivenUpdate(draft);
  },
  afterCreate({ sid: channelSid }, context, input) {
    store(context, channelSid, changed(unset(context), input));
  },
  afterUpdate({ sid: channelSid }, _previous, context, input) {
    store(context, channelSid, {
      ...changed(conversationOf(context, channelSid), input),
      since: context.now,
    });
  },
  beforeDelete({ sid: channelSid }, context) {
    for (const left of context.of(member).all(channelSid)) removeMember(context, left);
  },
} satisfies Partial<ResourceDeclaration<Channel>>;

/** A private channel of Chat, with what Conversations keeps beside it. */
export const conversationView = inBothForms(
  channel,
  (base) => ({
    prefix: "CH",
    path: `${base}/Conversations`,
    parent: serviceView,
    listKey: "conversations",
    operations: ["create", "fetch", "update", "delete"],
    maxPageSize: 100,
    parameters: conversationParameters,
    alias: "unique_name",
    filters: {
      State: {
        test:
          ([state = ""], context) =>
          ({ sid: channelSid }) =>
            conversationOf(context, channelSid).state === state,
      },
      StartDate: dated((created, day) => created >= day.begin),
      EndDate: dated((created, day) => created <= day.end),
    },
    hidden: ["type", "created_by", "members_count", "messages_count", "next_message_index"],
    links: {
      participants: "/Participants",
      messages: "/Messages",
      webhooks: "/Webhooks",
      export: "/Export",
    },
    missing: (_reference, as) =>
      as === "parent" ? new TwilioError(404, 50350, "Conversation not found") : undefined,
    render(document, context) {
      const known = conversationOf(context, document.sid);
      return {
        ...renderDates(document),
        chat_service_sid: document.parentSid,
        messaging_service_sid: known.messaging_service_sid,
        state: known.state,
        timers: timersOf(known),
        bindings: known.email === null ? {} : { email: known.email },
      };
    },
    ...conversationHooks,
  }),
  (form) => [
    {
      method: "GET",
      path: form.path,
      handle: (request) => list(request, form, ({ fields }) => fields.type === "private"),
    },
  ],
);

function checkName({ fields, parentSid, previous }: Draft<Channel>, context: Context): void {
  const { unique_name: name } = fields;
  if (name === null) return;
  if (isSid(name, "CH"))
    throw invalid("Conversation unique name must not look like a conversation SID", 50390);
  const holder = context.of(channel).find("unique_name", name, parentSid);
  if (holder !== undefined && holder.sid !== previous?.sid)
    throw new TwilioError(409, 50353, "Conversation with provided unique name already exists");
}

function changed(before: Conversation, input: Input): Conversation {
  const given = <T>(name: keyof typeof beside, otherwise: T): T =>
    input[name] === undefined ? otherwise : (input[name] as T);
  const timerOf = (name: "Timers.Inactive" | "Timers.Closed", otherwise: number | null): number | null =>
    input[name] === undefined ? otherwise : lengthOf(input[name] as string | null);
  const email = {
    projected_address: given("Bindings.Email.Address", before.email?.projected_address ?? null),
    name: given("Bindings.Email.Name", before.email?.name ?? null),
  };
  return {
    ...before,
    state: given<State>("State", before.state),
    inactive_after: timerOf("Timers.Inactive", before.inactive_after),
    closed_after: timerOf("Timers.Closed", before.closed_after),
    messaging_service_sid: given("MessagingServiceSid", before.messaging_service_sid),
    email: email.projected_address === null && email.name === null ? null : email,
  };
}

/** By the time of creation: from the beginning of a day or moment, or to its end. */
function dated(passes: (created: number, given: { begin: number; end: number }) => boolean): Filter<Channel> {
  return {
    test([value = ""]) {
      const begin = Date.parse(value);
      if (Number.isNaN(begin)) throw invalid(`${JSON.stringify(value.slice(0, 64))} is no date`);
      const end = /^\d{4}-\d\d-\d\d$/.test(value) ? begin + 86_400_000 - 1 : begin;
      return (document) => passes(createdAt(document), { begin, end });
    },
  };
}

function createdAt({ created, fields }: { created: number; fields: Pick<Channel, "date_created"> }): number {
  return fields.date_created === null ? created : Date.parse(fields.date_created);
}
