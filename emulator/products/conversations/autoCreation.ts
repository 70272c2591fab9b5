import { invalid } from "../../kernel/errors.ts";

export type AutoCreationType = "webhook" | "studio" | "default";

/** What happens to a message that belongs to no conversation; each type has some of these. */
export interface AutoCreation {
  enabled: boolean;
  type: AutoCreationType;
  /** Where conversations are made; absent: in the default service. */
  conversation_service_sid?: string;
  webhook_url?: string;
  /** In the letters that it was given in. */
  webhook_method?: string;
  webhook_filters?: string[];
  studio_flow_sid?: string;
  studio_retry_count?: number;
}

/**
 * What a webhook of a new conversation can be told of. It is there too late for what happens before. The provider has this
 * list of its own (provider/resources/conversations/address.ts), on purpose.
 */
export const autoCreationEvents = [
  "onMessageAdded",
  "onMessageUpdated",
  "onMessageRemoved",
  "onConversationUpdated",
  "onConversationStateUpdated",
  "onConversationRemoved",
  "onParticipantAdded",
  "onParticipantUpdated",
  "onParticipantRemoved",
  "onDeliveryUpdated",
] as const;

/** What a type keeps of what is given, with its defaults. @throws TwilioError when a part that it needs is missing */
export function complete(given: Partial<AutoCreation>): AutoCreation {
  const { enabled = true, type = "default", conversation_service_sid } = given;
  const common = {
    enabled,
    type,
    ...(conversation_service_sid === undefined ? {} : { conversation_service_sid }),
  };
  switch (type) {
    case "webhook":
      return {
        ...common,
        webhook_url: required(given.webhook_url, "AutoCreation.WebhookUrl", type),
        webhook_method: given.webhook_method ?? "POST",
        webhook_filters: given.webhook_filters ?? [],
      };
    case "studio":
      return {
        ...common,
        studio_flow_sid: required(given.studio_flow_sid, "AutoCreation.StudioFlowSid", type),
        studio_retry_count: given.studio_retry_count ?? 0,
      };
    case "default":
      return common;
  }
}

function required(value: string | undefined, name: string, type: AutoCreationType): string {
  if (value === undefined) throw invalid(`AutoCreation.Type ${type} requires ${name}`);
  return value;
}
