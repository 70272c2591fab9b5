import { invalid } from "../../kernel/errors.ts";
import { dateTime, integer, list, oneOf, text } from "../../kernel/parameter.ts";
import { resource } from "../../kernel/resource.ts";
import { service, session } from "./kinds.ts";
import { isActive, linkParticipants } from "./pair.ts";
import { serviceResource } from "./service.ts";
import { changeStatus, closeSession, expiryOf } from "./sessionStatus.ts";

const statuses = ["open", "in-progress", "closed", "failed", "unknown"];

export const sessionResource = resource(session, {
  prefix: "KC",
  path: "/v1/Services/{ServiceSid}/Sessions",
  parent: serviceResource,
  listKey: "sessions",
  operations: ["fetch", "list", "update", "delete"],
  parameters: {
    UniqueName: text({ on: "create", max: 191 }),
    DateExpiry: dateTime(),
    Ttl: integer({ min: 0, default: 0 }),
    Mode: oneOf(["message-only", "voice-only", "voice-and-message"], {
      on: "create",
      default: "voice-and-message",
    }),
    Status: oneOf(statuses, { default: "open" }),
    Participants: list(text(), { on: "create", field: null }),
  },
  unique: [
    {
      field: "unique_name",
      taken: (name) => invalid(`Session unique name ${JSON.stringify(name)} is already in use`, 80603),
    },
  ],
  hidden: ["has_explicit_expiry"],
  links: { interactions: "/Interactions", participants: "/Participants" },
  beforeWrite({ fields, parentSid, previous, input }, context) {
    if (previous === undefined) {
      Object.assign(fields, {
        closed_reason: "",
        date_started: null,
        date_ended: null,
        date_last_interaction: null,
        has_explicit_expiry: false,
      });
      if (input["Ttl"] === undefined)
        fields.ttl = context.of(service).get(parentSid)?.fields.default_ttl ?? 0;
    }
    if (input["DateExpiry"] !== undefined) fields.has_explicit_expiry = true;
    changeStatus(fields, previous?.fields.status, context);
    if (!fields.has_explicit_expiry && fields.status !== "closed") fields.date_expiry = expiryOf(fields);
  },
  due: (found) => {
    const { date_expiry } = found.fields;
    return date_expiry === null || !isActive(found) ? undefined : Date.parse(date_expiry);
  },
  whenDue: () => "the session expires",
  onDue: ({ sid }, context) => closeSession(context, sid, "expired"),
  afterUpdate(updated, previous, context) {
    if (isActive(updated) !== isActive(previous)) linkParticipants(context, updated);
  },
});
