import type { Reply, RequestContext } from "../../kernel/context.ts";
import { findParentSid, readInput, render } from "../../kernel/crud.ts";
import { invalid } from "../../kernel/errors.ts";
import { list, text, url } from "../../kernel/parameter.ts";
import { resource, type Resource } from "../../kernel/resource.ts";
import { deliver } from "./delivery.ts";
import { addInteraction, interaction } from "./interaction.ts";
import { participant } from "./participant.ts";
import { isActive, session, touch } from "./session.ts";

/** An interaction that the API started, by the participant it went to; under the interaction's SID. */
export const messageInteraction: Resource<object> = resource<object>({
  kind: "proxy.MessageInteraction",
  prefix: "KI",
  path: "/v1/Services/{ServiceSid}/Sessions/{SessionSid}/Participants/{ParticipantSid}/MessageInteractions",
  parent: () => participant,
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
  const participantSid = findParentSid(request, messageInteraction);
  const input = readInput(request, messageInteraction, "create");
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
  return { status: 200, body: render(sent, messageInteraction, request) };
}
