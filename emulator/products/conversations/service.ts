import { readInput, render } from "../../kernel/crud.ts";
import { text } from "../../kernel/parameter.ts";
import type { Reply, RequestContext } from "../../kernel/request.ts";
import { resource } from "../../kernel/resource.ts";
import { service } from "../chat/kinds.ts";
import { serviceMissing } from "./defaultService.ts";

/** A service of Chat, as Conversations shows it: its settings are resources of their own. */
export const serviceView = resource(service, {
  prefix: "IS",
  path: "/v1/Services",
  listKey: "services",
  operations: ["fetch", "list", "delete"],
  maxPageSize: 100,
  parameters: { FriendlyName: text({ on: "create", required: true, max: 256 }) },
  missing: serviceMissing,
  hidden: [
    "default_service_role_sid",
    "default_channel_role_sid",
    "default_channel_creator_role_sid",
    "read_status_enabled",
    "reachability_enabled",
    "typing_indicator_timeout",
    "consumption_report_interval",
    "notifications",
    "with_media",
    "pre_webhook_url",
    "post_webhook_url",
    "webhook_method",
    "webhook_filters",
    "pre_webhook_retry_count",
    "post_webhook_retry_count",
    "limits",
    "media",
  ],
  links: {
    conversations: "/Conversations",
    users: "/Users",
    roles: "/Roles",
    bindings: "/Bindings",
    configuration: "/Configuration",
    participant_conversations: "/ParticipantConversations",
    conversation_with_participants: "/ConversationWithParticipants",
  },
});

/** SID of the service in a path. @throws TwilioError */
export function findService({
  context,
  parameters: { ChatServiceSid: reference = "" },
}: RequestContext): string {
  if (context.of(service).get(reference) === undefined) throw serviceMissing(reference);
  return reference;
}

/** Answers a create: what Conversations does not name is as in a new service of Chat. */
export function createService(request: RequestContext): Reply {
  const { context } = request;
  const made = context.of(service).create(context.accountSid, readInput(request, serviceView, "create"));
  return { status: 201, body: render(made, serviceView, request) };
}
