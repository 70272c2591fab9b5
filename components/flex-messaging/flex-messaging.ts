import * as pulumi from "@pulumi/pulumi";
import * as twilio from "@pulumi/twilio";
import { ChatService, type ChatServiceArgs, type ChatWebhooksArgs } from "../chat-service/chat-service.ts";
import { Conversations, type ConversationsArgs } from "../conversations/conversations.ts";
import { pluginAttributes, type FlexPluginArgs } from "../flex-plugin/plugin-configuration.ts";
import { mapValues, type Keyed } from "../keyed.ts";
import {
  MessageHandling,
  type ConversationIntegrationArgs,
  type IntegrationArgs,
  type MessageHandlingArgs,
  type SmsHandlerArgs,
} from "../message-handling/message-handling.ts";
import type { FlowDefinition } from "../messaging-flow/definition.ts";
import { MessagingFlow, type MessagingFlowArgs } from "../messaging-flow/messaging-flow.ts";
import { standardFlow, type StandardFlowArgs } from "../messaging-flow/standard-flow.ts";
import { ProxyService, type ProxyServiceArgs } from "../proxy-service/proxy-service.ts";
import { TaskRouting, type TaskRoutingArgs } from "../task-routing/task-routing.ts";
import { consoleUrl } from "./console-urls.ts";

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
  /** Buys the number when the account does not own it; take it out afterwards. @default false */
  buy?: boolean;
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
  /** How tasks reach agents. */
  routing: TaskRoutingArgs;
  /** The chat service. @default the one Flex made, with its agent role */
  chat?: ChatServiceArgs;
  /** The Proxy service. @default the one Flex made */
  proxy?: ProxyServiceArgs;
  /**
   * The account's settings of Flex Conversations.
   * @default those of the component `Conversations` where a number is of kind `conversations`, else left alone
   */
  conversations?: Omit<ConversationsArgs, "chatServiceSid" | "protect">;
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

/**
 * The whole messaging setup of a Flex account: numbers, Proxy, chat, Flex Conversations, Studio, Flex Flows, TaskRouter.
 * What Flex made in the account is taken over, never made a second time.
 */
export class FlexMessaging extends pulumi.ComponentResource {
  static readonly type = "flex-messaging:index:FlexMessaging";

  readonly routing: TaskRouting;
  readonly chat: ChatService;
  readonly proxy: ProxyService;
  /** Where the stack has settings of Flex Conversations or numbers on them. */
  readonly conversations: Conversations | undefined;
  readonly messagingFlow: MessagingFlow;
  /** By key of the number. */
  readonly messageHandling: Keyed<MessageHandling>;
  /** Pages of Twilio's console, by what they show. */
  readonly consoleUrls: {
    workspace: pulumi.Output<string>;
    chatService: pulumi.Output<string>;
    proxyService: pulumi.Output<string>;
    messagingFlow: pulumi.Output<string>;
    /** By key of the number. */
    numbers: Keyed<pulumi.Output<string>>;
  };

  constructor(name: string, args: FlexMessagingArgs, opts?: pulumi.ComponentResourceOptions) {
    super(FlexMessaging.type, name, {}, opts);
    const parent = { parent: this };
    const { protect } = args;

    this.routing = new TaskRouting(`${name}-routing`, { protect, ...args.routing }, parent);
    this.chat = new ChatService(`${name}-chat`, { protect, ...chatArgs(args) }, parent);
    this.proxy = new ProxyService(
      `${name}-proxy`,
      { protect, chatInstanceSid: this.chat.sid, ...args.proxy },
      parent,
    );
    this.messagingFlow = new MessagingFlow(
      `${name}-messaging`,
      {
        protect,
        friendlyName: args.messagingFlow.friendlyName,
        conversations: Object.values(args.messageHandling.numbers).some((number) =>
          startsFlow(name, args.messageHandling, number),
        ),
        definition: this.#definition(name, args.messagingFlow),
      },
      parent,
    );
    const onConversations = Object.values(args.messageHandling.numbers).some(
      ({ kind = args.messageHandling.kind }) => kind === "conversations",
    );
    this.conversations =
      args.conversations === undefined && !onConversations
        ? undefined
        : new Conversations(
            `${name}-conversations`,
            { protect, chatServiceSid: this.chat.sid, ...args.conversations },
            parent,
          );
    this.messageHandling = mapValues(
      args.messageHandling.numbers,
      (number, key) =>
        new MessageHandling(
          `${name}-number-${key}`,
          { protect, ...number, ...this.#handling(name, args.messageHandling, number) },
          // A handler starts with the chat service that calls it back, a conversation with its settings.
          { ...parent, dependsOn: [this.chat.service, ...(this.conversations?.settings ?? [])] },
        ),
    );
    if (args.flexConfiguration !== undefined || args.plugin !== undefined)
      this.#flexConfiguration(name, args);

    this.consoleUrls = {
      workspace: this.routing.workspaceSid.apply(consoleUrl.workspace),
      chatService: this.chat.sid.apply(consoleUrl.chatService),
      proxyService: this.proxy.sid.apply(consoleUrl.proxyService),
      messagingFlow: this.messagingFlow.sid.apply(consoleUrl.flow),
      numbers: mapValues(this.messageHandling, ({ sid }) => sid.apply(consoleUrl.phoneNumber)),
    };
    this.registerOutputs({
      workspaceSid: this.routing.workspaceSid,
      chatServiceSid: this.chat.sid,
      proxyServiceSid: this.proxy.sid,
      messagingFlowSid: this.messagingFlow.sid,
      consoleUrls: this.consoleUrls,
    });
  }

  #definition(name: string, args: FlexMessagingFlowArgs): MessagingFlowArgs["definition"] {
    if (args.definition !== undefined) return args.definition(this.routing);
    if (args.definitionFile !== undefined)
      return {
        file: args.definitionFile,
        substitutions: mapValues(args.substitutions ?? {}, (replacement) => this.#substitution(replacement)),
      };
    if (args.workflow === undefined)
      throw new pulumi.RunError(`The messagingFlow of ${name} needs workflow, definitionFile or definition.`);
    return standardFlow({
      ...args,
      workflowSid: this.routing.workflow(args.workflow).sid,
      taskChannelSid: this.routing.taskChannel(args.taskChannel ?? "sms").sid,
    });
  }

  #substitution(replacement: string): pulumi.Input<string> {
    const [, kind, key = ""] = /^(workflows|taskChannels)\.(.+)$/.exec(replacement) ?? [];
    if (kind === "workflows") return this.routing.workflow(key).sid;
    if (kind === "taskChannels") return this.routing.taskChannel(key).sid;
    return replacement;
  }

  #handling(name: string, args: FlexMessageHandlingArgs, number: FlexNumberArgs) {
    const kind = number.kind ?? args.kind;
    const integration = integrationOf(name, args, number, kind);
    if (kind === "flex")
      return {
        kind,
        chatServiceSid: this.chat.sid,
        proxyService: this.proxy,
        integration: this.#integration(integration as FlexIntegrationArgs),
        longLived: args.longLived,
        janitorEnabled: args.janitorEnabled,
      };
    if (kind === "conversations")
      return {
        kind,
        chatServiceSid: this.chat.sid,
        integration: this.#conversationIntegration(
          integration as WebhookIntegrationArgs | { type: "studio" },
        ),
      };
    if (args.handler === undefined)
      throw new pulumi.RunError(
        `The number ${number.phoneNumber} of ${name} is of kind custom: set a handler.`,
      );
    const { chat: _, ...handler } = args.handler;
    return { kind, handler };
  }

  #conversationIntegration(args: WebhookIntegrationArgs | { type: "studio" }): ConversationIntegrationArgs {
    return args.type === "studio" ? { type: "studio", flowSid: this.messagingFlow.sid } : args;
  }

  #integration(args: FlexIntegrationArgs): IntegrationArgs {
    switch (args.type) {
      case "studio":
        return { type: "studio", flowSid: this.messagingFlow.sid };
      case "external":
        return args;
      case "task": {
        const { workflow, taskChannel, ...rest } = args;
        return {
          ...rest,
          workspaceSid: this.routing.workspaceSid,
          workflowSid: this.routing.workflow(workflow).sid,
          taskChannelSid: this.routing.taskChannel(taskChannel).sid,
        };
      }
    }
  }

  #flexConfiguration(name: string, args: FlexMessagingArgs): void {
    const { routing } = this;
    const { targetWorkflow, targetQueue, offlineActivity } = args.flexConfiguration ?? {};
    new twilio.flex.Configuration(
      `${name}-configuration`,
      {
        chatServiceInstanceSid: this.chat.sid,
        taskrouterWorkspaceSid: routing.workspaceSid,
        taskrouterTargetWorkflowSid: targetWorkflow && this.routing.workflow(targetWorkflow).sid,
        taskrouterTargetTaskqueueSid: targetQueue && routing.queue(targetQueue).sid,
        taskrouterOfflineActivitySid: offlineActivity && routing.activity(offlineActivity).sid,
        attributes: args.plugin && pluginAttributes(args.plugin, pluginSurroundings(args)),
      },
      { parent: this },
    );
  }
}

/** Integrations that a number of each kind can have. */
const integrationTypes: Readonly<Record<NumberKind, readonly string[]>> = {
  flex: ["studio", "external", "task"],
  conversations: ["studio", "webhook"],
  custom: [],
};

function integrationOf(
  name: string,
  all: FlexMessageHandlingArgs,
  { integration, phoneNumber }: FlexNumberArgs,
  kind: NumberKind,
): FlexIntegrationArgs | WebhookIntegrationArgs {
  const types = integrationTypes[kind];
  if (integration !== undefined && !types.includes(integration.type))
    throw new pulumi.RunError(
      `The number ${phoneNumber} of ${name} is of kind ${kind}, which has no integration of type ${integration.type}` +
        (types.length > 0 ? `: use ${types.join(" or ")}.` : ": remove it."),
    );
  const usual =
    all.integration !== undefined && types.includes(all.integration.type) ? all.integration : undefined;
  return integration ?? usual ?? { type: "studio" };
}

/** Whether messages of a number get to the stack's flow through Flex Conversations. */
function startsFlow(name: string, all: FlexMessageHandlingArgs, number: FlexNumberArgs): boolean {
  const kind = number.kind ?? all.kind;
  return kind === "conversations" && integrationOf(name, all, number, kind).type === "studio";
}

function pluginSurroundings({ routing, messageHandling: { kind, numbers } }: FlexMessagingArgs) {
  const kinds = Object.values(numbers).map((number) => number.kind ?? kind);
  return { taskChannels: routing.taskChannels ?? {}, kinds: kinds.length === 0 ? [kind] : kinds };
}

/** While a handler of your own gets messages, the chat service calls it and nobody else. */
function chatArgs({ chat, messageHandling }: FlexMessagingArgs): ChatServiceArgs {
  const { kind, numbers, handler } = messageHandling;
  const custom = Object.values(numbers).some((number) => (number.kind ?? kind) === "custom");
  if (!custom || handler?.chat === undefined) return { ...chat };
  const nobody: { [setting in keyof Required<ChatWebhooksArgs>]: undefined } = {
    preWebhookUrl: undefined,
    postWebhookUrl: undefined,
    webhookMethod: undefined,
    webhookFilters: undefined,
    preWebhookRetryCount: undefined,
    postWebhookRetryCount: undefined,
  };
  return { ...chat, ...nobody, ...handler.chat };
}
