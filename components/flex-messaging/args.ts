import type * as pulumi from "@pulumi/pulumi";
import type { ChatServiceArgs, ChatWebhooksArgs } from "../chat-service/chat-service.ts";
import type { ConversationServiceArgs } from "../conversation-service/conversation-service.ts";
import type { ConversationsArgs } from "../conversations/conversations.ts";
import type { FlexPluginArgs } from "../flex-plugin/plugin-configuration.ts";
import type { Keyed } from "../keyed.ts";
import type { Cut, MessageHandlingArgs, SmsHandlerArgs } from "../message-handling/args.ts";
import type { FlowDefinition } from "../messaging-flow/definition.ts";
import type { StandardFlowArgs } from "../messaging-flow/standard-flow.ts";
import type { ProxyServiceArgs } from "../proxy-service/proxy-service.ts";
import type { TaskRouting, TaskRoutingArgs } from "../task-routing/task-routing.ts";

/** The Studio flow, with keys in the place of SIDs. */
export interface FlexMessagingFlowArgs extends Omit<StandardFlowArgs, "workflowSid" | "taskChannelSid"> {
  /** Name of the flow; the one of that name is taken over. @default "Messaging Flow", the one Flex made */
  friendlyName?: pulumi.Input<string>;
  /** Key of the workflow the flow sends tasks to. Not together with `definitionFile` or `definition`. */
  workflow?: string;
  /** Key of the task channel of those tasks. @default "sms" */
  taskChannel?: string;
  /** Path of a flow exported from Studio, in place of `workflow`. */
  definitionFile?: string;
  /**
   * What replaces SIDs in the exported flow: `workflows.<key>`, `taskChannels.<key>` or a SID.
   * @default none
   */
  substitutions?: Keyed<string>;
  /** Steps of your own, in place of `workflow`, made when the SIDs they need are there. */
  definition?: (routing: TaskRouting) => FlowDefinition;
}

/** What happens with a new conversation that Flex handles, with keys in the place of SIDs. */
export type FlexIntegrationArgs =
  | { type: "studio" }
  | { type: "external"; url: pulumi.Input<string> }
  | {
      type: "task";
      /** Key of the workflow. */
      workflow: string;
      /** Key of the task channel. */
      taskChannel: string;
      /** Seconds the task lives. @default 86400 */
      timeout?: pulumi.Input<number>;
      /** From 0; higher is served first. @default 0 */
      priority?: pulumi.Input<number>;
    };

/** Events of a conversation are posted to a URL, which makes an Interaction of it. For kind `conversations`. */
export interface WebhookIntegrationArgs {
  type: "webhook";
  url: pulumi.Input<string>;
  /** `GET` or `POST`. @default "POST" */
  method?: pulumi.Input<string>;
  /** Which events, e.g. `["onMessageAdded"]`. @default none */
  filters?: pulumi.Input<pulumi.Input<string>[]>;
}

/** Who gets messages: Flex by Programmable Chat and Proxy, Flex Conversations, or your own handler. */
export type NumberKind = "flex" | "conversations" | "custom";

export interface FlexNumberArgs {
  /** The number, in E.164. */
  phoneNumber: string;
  /** Name of the number. @default as it is */
  friendlyName?: pulumi.Input<string>;
  /** Who gets its messages. @default the kind of all numbers */
  kind?: NumberKind;
  /**
   * What happens with a new conversation of this number: of kind `flex` studio, external or task, of kind `conversations`
   * studio or webhook.
   * @default that of all numbers where its type fits the kind, else the Studio flow
   */
  integration?: FlexIntegrationArgs | WebhookIntegrationArgs;
  /** Name of its Flex Flow, where Flex handles it. @default "Messages to " and the number */
  flexFlowName?: pulumi.Input<string>;
  /**
   * Name of its Address, where Flex Conversations handles it; "" for one without.
   * @default that of the number, or "Messages to " and the number
   */
  addressName?: pulumi.Input<string>;
  /** Buys the number when the account does not own it; take it out afterwards. @default false */
  buy?: boolean;
  /** SID of the Messaging Service whose sender it is, where Flex Conversations handles it. @default none */
  messagingServiceSid?: pulumi.Input<string>;
  /**
   * Where it is on its way from Chat and Proxy to Flex Conversations: of kind `flex` the Address is there, too, turned
   * off; of kind `conversations` the Flex Flow is, turned off, and its place in the Proxy pool.
   * @default nothing of the other kind is there
   */
  migration?: {
    /** How it changes hands. @default "enable-first" */
    cut?: Cut;
    /** What happens with a new conversation in the other kind. @default as `integration` of that kind */
    integration?: FlexIntegrationArgs | WebhookIntegrationArgs;
  };
  /** Changes what is made for the number just before it is made. */
  transform?: MessageHandlingArgs["transform"];
}

export interface FlexMessageHandlingArgs {
  /** Who gets messages, unless a number says otherwise. */
  kind: NumberKind;
  /** What happens with a new conversation that Flex handles. @default the Studio flow */
  integration?: FlexIntegrationArgs | WebhookIntegrationArgs;
  /** Whether a conversation goes on in the same channel after its task ended. @default false */
  longLived?: pulumi.Input<boolean>;
  /** Whether Flex closes what is left over when a task is deleted outside the Flex UI. @default false */
  janitorEnabled?: pulumi.Input<boolean>;
  /** Your handler, for numbers of kind `custom`. */
  handler?: SmsHandlerArgs & {
    /**
     * Whom the chat service calls while any number is of kind `custom`, in place of the webhooks in `chat`.
     * @default those in `chat`
     */
    chat?: ChatWebhooksArgs;
  };
  /** The numbers customers write to, by key. */
  numbers: Keyed<FlexNumberArgs>;
}

/** What the Flex Configuration of the account says, as far as it is about messaging; by key. */
export interface FlexConfigurationArgs {
  /** Key of the workflow for tasks that Flex makes itself, such as outbound ones. @default as it is */
  targetWorkflow?: string;
  /** Key of the queue for tasks that Flex makes itself. @default as it is */
  targetQueue?: string;
  /** Key of the activity of agents who closed Flex. @default as it is */
  offlineActivity?: string;
}

export interface FlexMessagingArgs {
  /** Address of the local Twilio that has the stack: `consoleUrls` lead to its page. @default Twilio has it */
  localTwilio?: string;
  /** How tasks reach agents. */
  routing: TaskRoutingArgs;
  /**
   * The service as Programmable Chat has it.
   * @default where a number is of kind `flex` or `custom`, the one Flex made; else the service is declared through Conversations
   */
  chat?: Omit<ChatServiceArgs, "formerRoles">;
  /** The Proxy service. @default the one Flex made, where a number is of kind `flex` or `custom`; else none */
  proxy?: ProxyServiceArgs;
  /**
   * The account's settings of Flex Conversations.
   * @default those of the component `Conversations` where a number is of kind `conversations`, else left alone
   */
  conversations?: Omit<ConversationsArgs, "chatServiceSid" | "formerRoles" | "protect"> & {
    /** The service, where it is not declared as one of Programmable Chat. @default the one Flex made, with its agent role */
    service?: Omit<ConversationServiceArgs, "protect">;
  };
  /** What a new conversation goes through. */
  messagingFlow: FlexMessagingFlowArgs;
  /** Who gets the messages of which number. */
  messageHandling: FlexMessageHandlingArgs;
  /** Account-wide settings of Flex. @default left alone */
  flexConfiguration?: FlexConfigurationArgs;
  /** The Flex UI plugin of this project; deployed on its own (plugin/README.md). @default left alone */
  plugin?: FlexPluginArgs;
  /**
   * Refuse to delete or replace what messages would be lost with: numbers, chat and Proxy service,
   * roles, workspace, flow. @default false
   */
  protect?: boolean;
}
