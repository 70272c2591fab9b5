import { list } from "../../kernel/crud.ts";
import { invalid, TwilioError } from "../../kernel/errors.ts";
import { coded, oneOf, text } from "../../kernel/parameter.ts";
import type { Reply, RequestContext } from "../../kernel/request.ts";
import { resource } from "../../kernel/resource.ts";
import { isSid } from "../../kernel/sid.ts";
import { channel, member, message } from "./kinds.ts";
import { removeMember } from "./membership.ts";
import { attributes, dates, forgetGivenUpdate, refuseEmptyUpdate, renderDates } from "./parameters.ts";
import { serviceResource } from "./service.ts";

export const channelResource = resource(channel, {
  prefix: "CH",
  path: "/v2/Services/{ServiceSid}/Channels",
  parent: serviceResource,
  listKey: "channels",
  operations: ["create", "fetch", "update", "delete"],
  maxPageSize: 100,
  parameters: {
    FriendlyName: text({ maxOnCreate: 64, max: 256 }),
    UniqueName: text({ maxOnCreate: 64, max: 256 }),
    Attributes: coded(50304, attributes),
    Type: oneOf(["public", "private"], { on: "create", default: "public" }),
    CreatedBy: text({ default: "system" }),
    ...dates,
  },
  unique: [
    {
      field: "unique_name",
      taken: () => new TwilioError(409, 50307, "Channel with provided unique name already exists"),
    },
  ],
  alias: "unique_name",
  indexed: ["type"],
  hidden: ["next_message_index"],
  missing: (_reference, as) =>
    as === "parent" ? new TwilioError(404, 50300, "Channel not found") : undefined,
  render(document, context) {
    const { sid, parentSid } = document;
    const url = `https://chat.twilio.com/v2/Services/${parentSid}/Channels/${sid}`;
    const [last] = context.of(message).scan({ parent: sid, descending: true });
    const links = {
      members: `${url}/Members`,
      messages: `${url}/Messages`,
      invites: `${url}/Invites`,
      webhooks: `${url}/Webhooks`,
      last_message: last === undefined ? null : `${url}/Messages/${last.sid}`,
    };
    return { ...renderDates(document), links };
  },
  beforeWrite(draft) {
    const { fields, previous } = draft;
    refuseEmptyUpdate(draft);
    if (fields.unique_name !== null && isSid(fields.unique_name, "CH"))
      throw invalid("Channel unique name must not look like a channel SID", 50306);
    if (previous === undefined)
      Object.assign(fields, { members_count: 0, messages_count: 0, next_message_index: 0 });
    forgetGivenUpdate(draft);
  },
  beforeDelete({ sid }, context) {
    for (const membership of context.of(member).all(sid)) removeMember(context, membership);
  },
});

/** Answers the list: public channels only, unless `Type` says otherwise. */
export function listChannels(request: RequestContext): Reply {
  const types = request.query.get("Type") ?? ["public"];
  return list(request, channelResource, ({ fields }) => types.includes(fields.type));
}
