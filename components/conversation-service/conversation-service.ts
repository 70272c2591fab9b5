import * as pulumi from "@pulumi/pulumi";
import * as twilio from "@pulumi/twilio";
import { agentConversationPermissions, agentRoleName } from "../chat-service/agent-role.ts";
import { formerly, serviceTypes } from "../handover.ts";
import { sidsOf, type Keyed } from "../keyed.ts";
import { transformed, type Transform } from "../transform.ts";

export interface ConversationServiceArgs {
  /**
   * Name of the service; the one of that name is taken over. Conversations can't rename a service: another name is another
   * service.
   * @default "Flex Chat Service", the one Flex made
   */
  friendlyName?: pulumi.Input<string>;
  /** Refuse to delete or replace the service (all conversations are in it) and its agent role. @default false */
  protect?: boolean;
  /** Changes the service just before it is made; the agent role's permissions are fixed. */
  transform?: { service?: Transform<twilio.conversations.ServiceArgs> };
}

/**
 * The service that conversations take place in, where a stack does without Programmable Chat. It always holds the role `agent`
 * with exactly the permissions Flex needs. It is what `ChatService` declares, through the other API of the same store: a stack
 * goes from one to the other, and nothing happens to service and role at Twilio.
 *
 * @example
 * ```ts
 * new ConversationService("service", { friendlyName: "Flex Chat Service" });
 * ```
 */
export class ConversationService extends pulumi.ComponentResource {
  static readonly type = serviceTypes.conversations;

  readonly sid: pulumi.Output<string>;
  readonly accountSid: pulumi.Output<string>;
  /** SID of the agent role, under `agent`. */
  readonly roleSids: pulumi.Output<Keyed<string>>;

  readonly service: twilio.conversations.Service;
  readonly roles: Keyed<twilio.conversations.Role>;

  constructor(name: string, args: ConversationServiceArgs = {}, opts?: pulumi.ComponentResourceOptions) {
    const aliases = [...(opts?.aliases ?? []), { type: serviceTypes.chat }];
    super(ConversationService.type, name, {}, { ...opts, aliases });
    const { friendlyName = "Flex Chat Service", protect, transform } = args;
    const options = { parent: this, protect };

    this.service = new twilio.conversations.Service(
      `${name}-service`,
      transformed({ friendlyName, adopt: true }, transform?.service, "service"),
      { ...options, aliases: formerly("chat", "Service") },
    );
    const agent = new twilio.conversations.Role(
      `${name}-role-agent`,
      {
        serviceSid: this.service.sid,
        adopt: true,
        friendlyName: agentRoleName,
        type: "conversation",
        permissions: [...agentConversationPermissions],
      },
      { ...options, aliases: formerly("chat", "Role") },
    );
    this.roles = { agent };

    this.sid = this.service.sid;
    this.accountSid = this.service.accountSid;
    this.roleSids = sidsOf(this.roles);
    this.registerOutputs({ sid: this.sid, accountSid: this.accountSid, roleSids: this.roleSids });
  }
}
