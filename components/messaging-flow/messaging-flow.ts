import * as pulumi from "@pulumi/pulumi";
import * as twilio from "@pulumi/twilio";
import { transformed, type Transform } from "../transform.ts";
import type { FlowDefinition } from "./definition.ts";
import { requireConversations } from "./conversation-trigger.ts";
import { exportedDefinition, exportedFlow, type ExportedFlowArgs } from "./exported-flow.ts";

export interface MessagingFlowArgs {
  /** Name of the flow; the one of that name is taken over. @default "Messaging Flow", the one Flex made */
  friendlyName?: pulumi.Input<string>;
  /** The steps, from `defineFlow`, or a flow that was exported from Studio. */
  definition: FlowDefinition | ExportedFlowArgs;
  /**
   * Whether it gets messages of Flex Conversations: then its trigger has to lead somewhere for them.
   * @default false
   */
  conversations?: boolean;
  /** `published` runs; `draft` is only kept. @default "published" */
  status?: pulumi.Input<string>;
  /** Why this revision, as Studio shows it. @default none */
  commitMessage?: pulumi.Input<string>;
  /** Refuse to delete or replace the flow. @default false */
  protect?: boolean;
  /** Changes the flow just before it is made. */
  transform?: { flow?: Transform<twilio.studio.FlowArgs> };
}

/**
 * The Studio flow a new conversation goes through before an agent gets it.
 *
 * @example
 * ```ts
 * new MessagingFlow("flow", {
 *   definition: defineFlow({
 *     Trigger: trigger({ incomingMessage: "Agent" }),
 *     Agent: sendToFlex({ workflowSid: routing.workflowSids.inbound, taskChannelSid: routing.taskChannelSids.sms }),
 *   }),
 * });
 * ```
 */
export class MessagingFlow extends pulumi.ComponentResource {
  static readonly type = "flex-messaging:studio:MessagingFlow";

  readonly sid: pulumi.Output<string>;

  readonly flow: twilio.studio.Flow;

  constructor(name: string, args: MessagingFlowArgs, opts?: pulumi.ComponentResourceOptions) {
    super(MessagingFlow.type, name, {}, opts);
    if (args.conversations) {
      const { definition } = args;
      if ("file" in definition)
        requireConversations(exportedDefinition(definition.file), `The flow ${definition.file}`);
      else requireConversations(definition, `The flow of ${name}`);
    }
    this.flow = new twilio.studio.Flow(
      `${name}-flow`,
      transformed(
        {
          adopt: true,
          friendlyName: args.friendlyName ?? "Messaging Flow",
          status: args.status ?? "published",
          definition: "file" in args.definition ? exportedFlow(args.definition) : args.definition,
          commitMessage: args.commitMessage,
        },
        args.transform?.flow,
        "flow",
      ),
      { parent: this, protect: args.protect },
    );
    this.sid = this.flow.sid;
    this.registerOutputs({ sid: this.sid });
  }
}
