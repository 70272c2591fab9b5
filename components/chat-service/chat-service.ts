import * as pulumi from "@pulumi/pulumi";
import * as twilio from "@pulumi/twilio";
import { mapValues, sidsOf, type Keyed } from "../keyed.ts";
import { transformed, withDefaults, type Transform } from "../transform.ts";
import { agentPermissions, agentRoleName } from "./agent-role.ts";
import { formerly, serviceTypes, type FormerRoles } from "../handover.ts";

/** Who hears of what happens in a chat service. */
export interface ChatWebhooksArgs {
  /** Asked before an event happens; anything but HTTP 200 refuses the event. @default nobody */
  preWebhookUrl?: pulumi.Input<string>;
  /** Told after an event happened. @default nobody */
  postWebhookUrl?: pulumi.Input<string>;
  /** `GET` or `POST`. @default "POST" */
  webhookMethod?: pulumi.Input<string>;
  /** Which events, e.g. `["onMessageSent"]`; their order has no meaning. @default none */
  webhookFilters?: pulumi.Input<pulumi.Input<string>[]>;
  /** Retries of the pre-event webhook after a timeout of 5 s or a 429, 503, 504: 0 to 3. @default 0 */
  preWebhookRetryCount?: pulumi.Input<number>;
  /** Retries of the post-event webhook after a timeout of 5 s or a 429, 503, 504: 0 to 3. @default 0 */
  postWebhookRetryCount?: pulumi.Input<number>;
}

export interface RoleArgs {
  /** Name of the role, 1 to 64 characters. A change replaces the role. */
  friendlyName: string;
  /** Where it counts: `channel`, in one channel, or `deployment`, in the whole service. A change replaces. */
  type: pulumi.Input<string>;
  /** What it allows, e.g. `["sendMessage"]`; their order has no meaning. */
  permissions: pulumi.Input<pulumi.Input<string>[]>;
}

export interface ChatServiceArgs extends ChatWebhooksArgs {
  /** Name of the service; the one of that name is taken over. @default "Flex Chat Service", the one Flex made */
  friendlyName?: pulumi.Input<string>;
  limits?: {
    /** Members of one channel, 1 to 1000. @default 100 */
    channelMembers?: pulumi.Input<number>;
    /** Channels of one user, 1 to 1000. @default 250 */
    userChannels?: pulumi.Input<number>;
  };
  /** Roles besides `agent`, by key. @default only the agent role is declared */
  roles?: Keyed<RoleArgs>;
  /** Refuse to delete or replace the service (all conversations are in it) and its roles. @default false */
  protect?: boolean;
  /** URNs of roles that were declared by Conversations before, by key. @default none */
  formerRoles?: FormerRoles;
  /** Changes children just before they are made; not the agent role, whose permissions are fixed. */
  transform?: {
    service?: Transform<twilio.chat.ServiceArgs>;
    role?: Transform<twilio.chat.RoleArgs>;
  };
}

/**
 * The Programmable Chat service conversations take place in, with its webhooks, limits and roles.
 * It always holds the role `agent` with exactly the permissions Flex needs.
 *
 * @example
 * ```ts
 * new ChatService("chat", {
 *   postWebhookUrl: "https://archive.example.com/chat",
 *   webhookFilters: ["onMessageSent"],
 *   limits: { channelMembers: 50 },
 * });
 * ```
 */
export class ChatService extends pulumi.ComponentResource {
  static readonly type = serviceTypes.chat;

  readonly sid: pulumi.Output<string>;
  readonly accountSid: pulumi.Output<string>;
  /** SIDs by key; the agent role's is under `agent`. */
  readonly roleSids: pulumi.Output<Keyed<string>>;

  readonly service: twilio.chat.Service;
  readonly roles: Keyed<twilio.chat.Role>;

  constructor(name: string, args: ChatServiceArgs = {}, opts?: pulumi.ComponentResourceOptions) {
    const aliases = [...(opts?.aliases ?? []), { type: serviceTypes.conversations }];
    super(ChatService.type, name, {}, { ...opts, aliases });
    const { roles = {}, formerRoles = {}, protect, transform, ...service } = args;
    refuseAgentRole(name, roles);
    const options = { parent: this, protect };

    this.service = new twilio.chat.Service(
      `${name}-service`,
      transformed(
        withDefaults(service, { friendlyName: "Flex Chat Service", adopt: true }),
        transform?.service,
        "service",
      ),
      { ...options, aliases: formerly("conversations", "Service") },
    );
    const common = { serviceSid: this.service.sid, adopt: true };
    const agent = new twilio.chat.Role(
      `${name}-role-agent`,
      { ...common, friendlyName: agentRoleName, type: "channel", permissions: [...agentPermissions] },
      { ...options, aliases: formerly("conversations", "Role") },
    );
    this.roles = {
      agent,
      ...mapValues(
        roles,
        (role, key) =>
          new twilio.chat.Role(
            `${name}-role-${key}`,
            transformed({ ...common, ...role }, transform?.role, key),
            { ...options, aliases: [formerRoles[key] ?? []].flat() },
          ),
      ),
    };

    this.sid = this.service.sid;
    this.accountSid = this.service.accountSid;
    this.roleSids = sidsOf(this.roles);
    this.registerOutputs({ sid: this.sid, accountSid: this.accountSid, roleSids: this.roleSids });
  }
}

function refuseAgentRole(name: string, roles: Keyed<RoleArgs>): void {
  for (const [key, role] of Object.entries(roles))
    if (key === "agent" || role.friendlyName === agentRoleName)
      throw new pulumi.RunError(
        `Role "${key}" of ${name} is the agent role, whose permissions are fixed: Flex can't add agents to ` +
          "channels without them. Remove it, or declare a role with another key and name.",
      );
}
