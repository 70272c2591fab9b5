import { findParentSid, readInput, render } from "../../kernel/crud.ts";
import { invalid } from "../../kernel/errors.ts";
import { list, text, url } from "../../kernel/parameter.ts";
import type { Reply, RequestContext } from "../../kernel/request.ts";
import { resource } from "../../kernel/resource.ts";
import { deliver } from "./delivery.ts";
import { addInteraction } from "./interaction.ts";
import { interaction, messageInteraction, participant, session } from "./kinds.ts";
import { isActive } from "./pair.ts";
import { participantResource } from "./participant.ts";
import { touch } from "./sessionStatus.ts";

/** An interaction that the API started, by the participant it went to; under the interaction's SID. */
export const messageInteractionResource = resource(messageInteraction, {
  prefix: "KI",
  path: "/v1/Services/{ServiceSid}/Sessions/{SessionSid}/Participants/{ParticipantSid}/MessageInteractions",
  parent: participantResource,
  listKey: "interactions",
  operations: ["fetch", "list"],
  parameters: {
    Body: text({ on: "create", field: null }),
    MediaUrl: list(url(), { on: "create", field: null }),
  },
  render: ({ sid }, context) => context.of(interaction).get(sid)?.fields ?? {},
});

/** Answers a create: sends a message to the participant, from the number that stands between the two. */
export function createMessageInteraction(request: RequestContext): Reply {
  const { context } = request;
  const participantSid = findParentSid(request, messageInteractionResource);
  const input = readInput(request, messageInteractionResource, "create");
  const body = typeof input["Body"] === "string" ? input["Body"] : "";
  const mediaUrls = (Array.isArray(input["MediaUrl"]) ? input["MediaUrl"] : []).map(String);
  const to = context.of(participant).get(participantSid);
  const within = to === undefined ? undefined : context.of(session).get(to.parentSid);
  if (to === undefined || within === undefined) throw invalid("Participant does not exist", 80404);
  if (body === "" && mediaUrls.length === 0) throw invalid("Body or MediaUrl is required");
  if (!isActive(within)) throw invalid(`Session ${within.sid} is closed`, 80607);
  const outbound = deliver(context, to, { author: "system", body, mediaUrls });
  const made = addInteraction(context, within.sid, { outbound, body });
  touch(context, within);
  const sent = context.of(messageInteraction).insert(participantSid, {}, made.sid);
  return { status: 200, body: render(sent, messageInteractionResource, request) };
}
