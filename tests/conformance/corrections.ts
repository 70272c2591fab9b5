import type { Product, Schema } from "./openapi.ts";

/** A place where Twilio answers other than its OpenAPI document says. */
export interface Correction {
  readonly product: Product;
  /** Name of the shared schema, e.g. `chat.v2.service`. */
  readonly schema: string;
  readonly property: string;
  /** Keywords that replace those of the property's schema; all of it where the document lacks the property. */
  readonly change: Schema;
  /** Whether the property may be missing. @default false */
  readonly optional?: boolean;
  /** What Twilio does. */
  readonly reason: string;
  /** Where that is seen. `examples`: in the examples of the same document, which break its schema otherwise. `twilio`: in the types of the npm package. `clients`: in what tests of Twilio's clients expect. */
  readonly source: "examples" | "twilio" | "clients" | `https://${string}`;
}

/** Every tolerated difference between answers and the documents' schemas. */
export const corrections: readonly Correction[] = [
  {
    product: "taskrouter_v1",
    schema: "taskrouter.v1.workspace",
    property: "event_callback_url",
    change: { format: undefined },
    reason: "a URL that is not set is empty text, as often as null",
    source: "examples",
  },
  ...["assignment_activity", "reservation_activity"].map((property): Correction => ({
    product: "taskrouter_v1",
    schema: "taskrouter.v1.workspace.task_queue.links",
    property,
    change: {},
    optional: true,
    reason: "there is nothing to link to while the queue names no such activity",
    source: "https://www.twilio.com/docs/taskrouter/api/task-queue",
  })),
  ...["workflow", "task_queue"].map((property): Correction => ({
    product: "taskrouter_v1",
    schema: "taskrouter.v1.workspace.task.links",
    property,
    change: {},
    optional: true,
    reason: "there is nothing to link to for a task that a routing target takes past workflows and queues",
    source: "https://www.twilio.com/docs/taskrouter/api/task",
  })),
  {
    product: "taskrouter_v1",
    schema: "taskrouter.v1.workspace.workflow.links",
    property: "workspace",
    change: { type: "string", format: "uri" },
    reason: "as all that a workspace holds, a workflow leads back to it",
    source: "clients",
  },
  {
    product: "chat_v2",
    schema: "chat.v2.service.channel.links",
    property: "last_message",
    change: { nullable: true },
    reason: "null in a channel without messages",
    source: "examples",
  },
  {
    product: "conversations_v1",
    schema: "conversations.v1.service.service_configuration.service_webhook_configuration",
    property: "method",
    change: { nullable: true },
    reason: "null in a service whose webhooks were never set",
    source: "examples",
  },
  {
    product: "proxy_v1",
    schema: "proxy.v1.service.phone_number",
    property: "capabilities",
    change: { properties: undefined },
    reason: "the names tell directions apart, as in sms_outbound and voice_inbound",
    source: "examples",
  },
  ...[
    "",
    ".incoming_phone_number_local",
    ".incoming_phone_number_mobile",
    ".incoming_phone_number_toll_free",
  ].flatMap((suffix) =>
    ["sms_application_sid", "voice_application_sid"].map((property): Correction => ({
      product: "api_v2010",
      schema: `api.v2010.account.incoming_phone_number${suffix}`,
      property,
      change: { pattern: "^(AP[0-9a-fA-F]{32})?$" },
      reason: "an application that is not set is empty text",
      source: "examples",
    })),
  ),
  ...["local", "mobile", "toll_free"].flatMap((type) =>
    [
      { property: "latitude", change: { type: "string" }, reason: "a text with the number in it" },
      { property: "longitude", change: { type: "string" }, reason: "a text with the number in it" },
      {
        property: "friendly_name",
        change: { format: undefined },
        reason: "written as in its country: (808) 925-1571",
      },
    ].map((correction): Correction => ({
      product: "api_v2010",
      schema: `api.v2010.account.available_phone_number_country.available_phone_number_${type}`,
      ...(correction as Pick<Correction, "property" | "change" | "reason">),
      source: "https://www.twilio.com/docs/phone-numbers/api/availablephonenumberlocal-resource",
    })),
  ),
  ...["local", "toll_free"].map((property): Correction => ({
    product: "api_v2010",
    schema: "api.v2010.account.available_phone_number_country.subresource_uris",
    property,
    change: {},
    optional: true,
    reason: "a country has only the types of numbers that are sold there",
    source: "https://www.twilio.com/docs/phone-numbers/api/availablephonenumber-resource",
  })),
  {
    product: "proxy_v1",
    schema: "proxy.v1.service.session.participant.message_interaction",
    property: "inbound_resource_status",
    change: { nullable: true },
    reason: "a message sent through the API has no inbound side",
    source: "examples",
  },
  {
    product: "proxy_v1",
    schema: "proxy.v1.service",
    property: "geo_match_level",
    change: { enum: ["area-code", "extended-area-code", "overlay", "radius", "country"] },
    reason: "the documentation names extended-area-code where the document names overlay and radius",
    source: "https://www.twilio.com/docs/proxy/api/service",
  },
];
