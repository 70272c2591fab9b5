import { findDocument, render } from "../../../kernel/crud.ts";
import { invalid, missingParameter } from "../../../kernel/errors.ts";
import { first } from "../../../kernel/form.ts";
import type { Reply, RequestContext } from "../../../kernel/request.ts";
import { resource } from "../../../kernel/resource.ts";
import { changeStatus, settableStatuses } from "./ending.ts";
import { interactionResource } from "./interaction.ts";
import { interactionChannel } from "./kinds.ts";
import { readEnd, withForm } from "./request.ts";
import { setUp, setUpTime } from "./setUp.ts";

/** A channel goes this long after its last own change, whatever its status; the conversation's do not count. */
const keptFor = 180 * 24 * 60 * 60 * 1000;

export const channelResource = resource(interactionChannel, {
  prefix: "UO",
  path: "/v1/Interactions/{InteractionSid}/Channels",
  parent: interactionResource,
  listKey: "channels",
  operations: ["fetch", "list"],
  hidden: [
    "account_sid",
    "date_created",
    "date_updated",
    "conversation_sid",
    "initiated_by",
    "outsiders",
    "last_routing",
    "last_worker",
  ],
  links: { participants: "/Participants", invites: "/Invites", transfers: "/Transfers" },
  // Flex UI takes a pause for made by this code.
  render: ({ fields }) => (fields.status === "pause" && fields.error_code === null ? { error_code: 0 } : {}),
  due: ({ updated, fields }) => updated + (fields.status === "setup" ? setUpTime : keptFor),
  whenDue: ({ fields }) => (fields.status === "setup" ? "the channel of the interaction is set up" : ""),
  onDue(document, context) {
    if (document.fields.status === "setup") setUp(context, document);
    else context.of(interactionChannel).remove(document);
  },
});

/** Answers a change of a channel's status. */
export function updateChannel(given: RequestContext): Reply {
  const request = withForm(given);
  const found = findDocument(request, channelResource);
  const wanted = first(request.form, "Status");
  if (wanted === undefined || wanted === "") throw missingParameter("Status");
  const status = settableStatuses.find((each) => each === wanted.toLowerCase());
  if (status === undefined)
    throw invalid(
      `Status must be one of ${settableStatuses.join(", ")}, got ${JSON.stringify(wanted.slice(0, 64))}`,
    );
  const changed = changeStatus(request.context.announced(), found, status, readEnd(request.form));
  return { status: 200, body: render(changed, channelResource, request) };
}
