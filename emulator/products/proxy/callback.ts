import type { Change, Context } from "../../kernel/context.ts";
import { isoDate } from "../../kernel/date.ts";
import type { Document } from "../../kernel/document.ts";
import { sendWebhook } from "../../kernel/webhook.ts";
import type { InteractionEnd } from "./interaction.ts";
import { interaction, type Interaction, service, session } from "./kinds.ts";

/**
 * Tells the service's CallbackUrl of every interaction, and again when the status of one of its ends changes. It only
 * informs: nothing depends on the answer. https://www.twilio.com/docs/proxy/api/webhooks
 */
export function tellCallback(change: Change, context: Context): void {
  if (change.action === "delete" || change.kind !== interaction.kind) return;
  const after = change.after as Document<Interaction>;
  const within = context.of(session).get(after.parentSid);
  const url = within && context.of(service).get(within.parentSid)?.fields.callback_url;
  if (within === undefined || url === undefined || url === null) return;
  sendWebhook(context, { url, form: interactionForm(after, within.parentSid), purpose: "proxyCallback" });
}

function interactionForm(told: Document<Interaction>, serviceSid: string): Record<string, string> {
  const { fields } = told;
  return {
    interactionSid: told.sid,
    interactionType: "Message",
    interactionAccountSid: told.accountSid,
    interactionServiceSid: serviceSid,
    interactionSessionSid: told.parentSid,
    interactionData: fields.data,
    interactionDateCreated: isoDate(told.created),
    interactionDateUpdated: isoDate(told.updated),
    ...endOf(fields, "inbound"),
    ...endOf(fields, "outbound"),
  };
}

function endOf(fields: Interaction, side: "inbound" | "outbound"): Record<string, string> {
  const participantSid = fields[`${side}_participant_sid`];
  if (participantSid === null) return {};
  return endForm(side, {
    participantSid,
    resourceSid: fields[`${side}_resource_sid`] ?? "",
    resourceStatus: fields[`${side}_resource_status`] ?? "unknown",
    resourceUrl: fields[`${side}_resource_url`] ?? "",
  });
}

/** One end of an interaction as callbacks are told of it. */
export function endForm(
  side: "inbound" | "outbound",
  { participantSid, resourceSid, resourceStatus, resourceUrl }: InteractionEnd,
): Record<string, string> {
  return {
    [`${side}ParticipantSid`]: participantSid,
    [`${side}ResourceSid`]: resourceSid,
    [`${side}ResourceStatus`]: resourceStatus,
    [`${side}ResourceType`]: "Message",
    [`${side}ResourceUrl`]: resourceUrl,
  };
}
