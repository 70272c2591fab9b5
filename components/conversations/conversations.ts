import * as pulumi from "@pulumi/pulumi";
import * as twilio from "@pulumi/twilio";
import { mapValues, sidsOf, type Keyed } from "../keyed.ts";
import { agentRoleName } from "../chat-service/agent-role.ts";
import { conversationsType, type FormerRoles } from "../handover.ts";
import { transformed, type Transform } from "../transform.ts";

/** Who hears of what happens in conversations. */
export interface ConversationWebhooksArgs {
  /**
   * Asked before an event happens; a refusal keeps it from happening. A refused `onConversationAdd` loses the message that
   * was to open the conversation.
   * @default as it is
   */
  preWebhookUrl?: pulumi.Input<string>;
  /** Told after an event happened. @default as it is */
  postWebhookUrl?: pulumi.Input<string>;
  /** `GET` or `POST`. @default as it is */
  method?: pulumi.Input<string>;
  /** Which events, e.g. `["onMessageAdded"]`; their order has no meaning. @default as it is */
  filters?: pulumi.Input<pulumi.Input<string>[]>;
}

export interface ConversationRoleArgs {
  /** Name of the role, 1 to 64 characters. A change replaces the role. */
  friendlyName: string;
  /** Where it counts: `conversation`, in one, or `service`, in the whole service. A change replaces. */
  type: pulumi.Input<string>;
  /** What it allows, e.g. `["sendMessage"]`; their order has no meaning. */
  permissions: pulumi.Input<pulumi.Input<string>[]>;
}

export interface ConversationsArgs {
  /** The service that conversations of the account are in unless they name another: Flex's own. */
  chatServiceSid: pulumi.Input<string>;
  /** How long nothing happens before a conversation becomes inactive; ISO 8601, `PT1M` at least. @default as it is */
  defaultInactiveTimer?: pulumi.Input<string>;
  /**
   * How long nothing happens before a conversation is closed; ISO 8601, `PT10M` at least. One whose task has gone without
   * closing it takes whatever its customer writes, and no agent sees it, until then. `none` leaves it as it is.
   * @default "P1D"
   */
  defaultClosedTimer?: pulumi.Input<string>;
  /** Webhooks of the service. @default as they are */
  webhooks?: ConversationWebhooksArgs;
  /** Whether the service keeps track of who is online. @default as it is */
  reachabilityEnabled?: pulumi.Input<boolean>;
  /** Roles besides those of Flex, by key. The agent role is declared with the service. @default none */
  roles?: Keyed<ConversationRoleArgs>;
  /** URNs of roles that were declared by Chat before, by key. @default none */
  formerRoles?: FormerRoles;
  /** Refuse to delete or replace roles. @default false */
  protect?: boolean;
  /** Changes children just before they are made. */
  transform?: {
    configuration?: Transform<twilio.conversations.ConfigurationArgs>;
    webhooks?: Transform<twilio.conversations.ServiceWebhooksArgs>;
    serviceConfiguration?: Transform<twilio.conversations.ServiceConfigurationArgs>;
    role?: Transform<twilio.conversations.RoleArgs>;
  };
}

/** What the account's conversations have unless they say otherwise: a day. */
const closedAfter = "P1D";

/**
 * The account's settings of Flex Conversations: the service, when conversations end, who hears of them. An account has them
 * once; they are taken over, and what was there before comes back when this goes.
 *
 * @example
 * ```ts
 * new Conversations("conversations", { chatServiceSid: chat.sid, defaultClosedTimer: "PT8H" });
 * ```
 */
export class Conversations extends pulumi.ComponentResource {
  static readonly type = conversationsType;

  /** SIDs by key. */
  readonly roleSids: pulumi.Output<Keyed<string>>;

  readonly configuration: twilio.conversations.Configuration;
  readonly webhooks: twilio.conversations.ServiceWebhooks | undefined;
  /** Where the stack says something about who is online. */
  readonly serviceConfiguration: twilio.conversations.ServiceConfiguration | undefined;
  readonly roles: Keyed<twilio.conversations.Role>;
  /** What has to be there before the first conversation. */
  readonly settings: readonly pulumi.Resource[];

  constructor(name: string, args: ConversationsArgs, opts?: pulumi.ComponentResourceOptions) {
    super(Conversations.type, name, {}, opts);
    const { chatServiceSid, webhooks, reachabilityEnabled, roles = {}, formerRoles = {} } = args;
    const { protect, transform } = args;
    refuseAgentRole(name, roles);
    const parent = { parent: this };

    this.configuration = new twilio.conversations.Configuration(
      `${name}-configuration`,
      transformed(
        {
          defaultChatServiceSid: chatServiceSid,
          defaultInactiveTimer: args.defaultInactiveTimer,
          defaultClosedTimer:
            args.defaultClosedTimer === "none" ? undefined : (args.defaultClosedTimer ?? closedAfter),
        },
        transform?.configuration,
        "configuration",
      ),
      parent,
    );
    this.webhooks =
      webhooks &&
      new twilio.conversations.ServiceWebhooks(
        `${name}-webhooks`,
        transformed({ serviceSid: chatServiceSid, ...webhooks }, transform?.webhooks, "webhooks"),
        parent,
      );
    this.serviceConfiguration =
      reachabilityEnabled === undefined
        ? undefined
        : new twilio.conversations.ServiceConfiguration(
            `${name}-service`,
            transformed(
              { serviceSid: chatServiceSid, reachabilityEnabled },
              transform?.serviceConfiguration,
              "serviceConfiguration",
            ),
            parent,
          );
    this.settings = [this.configuration, ...(this.webhooks ? [this.webhooks] : [])];
    this.roles = mapValues(
      roles,
      (role, key) =>
        new twilio.conversations.Role(
          `${name}-role-${key}`,
          transformed({ serviceSid: chatServiceSid, adopt: true, ...role }, transform?.role, key),
          { parent: this, protect, aliases: [formerRoles[key] ?? []].flat() },
        ),
    );
    this.roleSids = sidsOf(this.roles);
    this.registerOutputs({ roleSids: this.roleSids });
  }
}

function refuseAgentRole(name: string, roles: Keyed<ConversationRoleArgs>): void {
  for (const [key, role] of Object.entries(roles))
    if (role.friendlyName === agentRoleName)
      throw new pulumi.RunError(
        `Role "${key}" of ${name} is the agent role, which the service has already: Chat and Conversations have one store. ` +
          "Remove it, or declare a role with another name.",
      );
}
