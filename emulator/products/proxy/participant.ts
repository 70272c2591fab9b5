import type { Context } from "../../kernel/context.ts";
import { findDocument } from "../../kernel/crud.ts";
import { isoDate } from "../../kernel/date.ts";
import { invalid, notFound } from "../../kernel/errors.ts";
import { sid, text } from "../../kernel/parameter.ts";
import type { Reply, RequestContext } from "../../kernel/request.ts";
import { type Draft, resource } from "../../kernel/resource.ts";
import { channel } from "../chat/kinds.ts";
import { type Participant, participant, phoneNumber, session } from "./kinds.ts";
import { chooseNumber } from "./numberSelection.ts";
import { isActive, isChannel, pairOf } from "./pair.ts";
import { sessionResource } from "./session.ts";

/** Two sides talk to each other through a session. */
const maxParticipants = 2;

export const participantResource = resource(participant, {
  prefix: "KP",
  path: "/v1/Services/{ServiceSid}/Sessions/{SessionSid}/Participants",
  parent: sessionResource,
  listKey: "participants",
  operations: ["create", "fetch", "list"],
  parameters: {
    Identifier: text({ on: "create", required: true, max: 191 }),
    FriendlyName: text({ on: "create", max: 255 }),
    ProxyIdentifier: text({ on: "create" }),
    ProxyIdentifierSid: sid("PN", { on: "create" }),
  },
  unique: [
    {
      field: "identifier",
      taken: (identifier) => invalid(`Participant ${identifier} is already part of the Session`, 80103),
    },
    {
      field: "active_pair",
      within: "account",
      taken: () => invalid("Participant and Proxy number are a pair in an active Session already", 80604),
    },
  ],
  hidden: ["active_pair"],
  links: { message_interactions: "/MessageInteractions" },
  beforeWrite: complete,
});

/** Answers a delete: the participant stays with the session and can't be added again. */
export function removeParticipant(request: RequestContext): Reply {
  const found = findDocument(request, participantResource);
  if (found.fields.date_deleted !== null) throw notFound(request.path);
  const date_deleted = isoDate(request.context.now);
  request.context.of(participant).update(found, { ...found.fields, date_deleted, active_pair: null });
  return { status: 200 };
}

function complete({ fields, parentSid: sessionSid, input }: Draft<Participant>, context: Context): void {
  const { identifier } = fields;
  const within = context.of(session).get(sessionSid);
  if (within === undefined) return;
  if (!isActive(within)) throw invalid(`Session ${sessionSid} is closed`, 80607);
  if (!isChannel(identifier) && !/^\+[1-9]\d{6,14}$/.test(identifier))
    throw invalid(
      `Invalid Identifier: ${identifier.slice(0, 64)} is neither E.164 nor a chat channel`,
      80404,
    );
  if (isChannel(identifier) && context.of(channel).get(identifier) === undefined)
    throw invalid(`Invalid Identifier: chat channel ${identifier} does not exist`, 80404);
  const others = context.of(participant).all(sessionSid);
  if (others.some((other) => other.fields.identifier === identifier)) return;
  if (others.filter((other) => other.fields.date_deleted === null).length >= maxParticipants)
    throw invalid(`A Session has at most ${maxParticipants} Participants`, 80609);
  const serviceSid = within.parentSid;
  const wanted = wantedNumber(context, serviceSid, fields, input);
  const chosen = wanted ?? chooseNumber(context, serviceSid, identifier);
  const number = chosen.fields.phone_number;
  Object.assign(fields, {
    proxy_identifier: number,
    proxy_identifier_sid: chosen.sid,
    date_deleted: null,
    active_pair: pairOf(serviceSid, identifier, number),
  });
}

function wantedNumber(
  context: Context,
  serviceSid: string,
  { proxy_identifier: number, proxy_identifier_sid: numberSid }: Participant,
  input: Draft<Participant>["input"],
): ReturnType<typeof chooseNumber> | undefined {
  if (input["ProxyIdentifier"] === undefined && input["ProxyIdentifierSid"] === undefined) return undefined;
  const found = context
    .of(phoneNumber)
    .all(serviceSid)
    .find((pooled) => pooled.sid === numberSid || pooled.fields.phone_number === number);
  if (found !== undefined) return found;
  throw invalid(`${number ?? numberSid} is not in the number pool of Service ${serviceSid}`, 80601);
}
