import * as pulumi from "@pulumi/pulumi";
import * as twilio from "@pulumi/twilio";
import { ChatService } from "../chat-service/chat-service.ts";
import { ConversationService } from "../conversation-service/conversation-service.ts";
import { Conversations } from "../conversations/conversations.ts";
import { pluginAttributes } from "../flex-plugin/plugin-configuration.ts";
import { rolesIn, type FormerRoles } from "../handover.ts";
import { mapValues, type Keyed } from "../keyed.ts";
import type { ConversationIntegrationArgs, IntegrationArgs } from "../message-handling/args.ts";
import { MessageHandling } from "../message-handling/message-handling.ts";
import { MessagingFlow, type MessagingFlowArgs } from "../messaging-flow/messaging-flow.ts";
import { standardFlow } from "../messaging-flow/standard-flow.ts";
import { ProxyService } from "../proxy-service/proxy-service.ts";
import { TaskRouting } from "../task-routing/task-routing.ts";
import type {
  FlexIntegrationArgs,
  FlexMessageHandlingArgs,
  FlexMessagingArgs,
  FlexMessagingFlowArgs,
  FlexNumberArgs,
  WebhookIntegrationArgs,
} from "./args.ts";
import { consoleUrl } from "./console-urls.ts";
import { chatArgs, formerly, handledKinds, integrationOf, pluginSurroundings, startsFlow } from "./kinds.ts";

/**
 * The whole messaging setup of a Flex account: numbers, Proxy, chat, Flex Conversations, Studio, Flex Flows, TaskRouter.
 * What Flex made in the account is taken over, never made a second time.
 */
export class FlexMessaging extends pulumi.ComponentResource {
  static readonly type = "flex-messaging:index:FlexMessaging";

  readonly routing: TaskRouting;
  /** The service that messages are in, with its agent role: through Programmable Chat, or through Conversations alone. */
  readonly chat: ChatService | ConversationService;
  /** Where the stack has one: where `flex` or `custom` is the kind of a number, or `proxy` is set. */
  readonly proxy: ProxyService | undefined;
  /** Where the stack has settings of Flex Conversations or numbers on them. */
  readonly conversations: Conversations | undefined;
  readonly messagingFlow: MessagingFlow;
  /** By key of the number. */
  readonly messageHandling: Keyed<MessageHandling>;
  /** Pages of Twilio's console, or of the local Twilio's own, by what they show. */
  readonly consoleUrls: {
    workspace: pulumi.Output<string>;
    chatService: pulumi.Output<string>;
    proxyService?: pulumi.Output<string>;
    messagingFlow: pulumi.Output<string>;
    /** By key of the number. */
    numbers: Keyed<pulumi.Output<string>>;
  };

  constructor(name: string, args: FlexMessagingArgs, opts?: pulumi.ComponentResourceOptions) {
    super(FlexMessaging.type, name, {}, opts);
    const parent = { parent: this };
    const { protect } = args;

    this.routing = new TaskRouting(`${name}-routing`, { protect, ...args.routing }, parent);
    const kinds = handledKinds(args.messageHandling);
    const onChat = kinds.some((kind) => kind !== "conversations");
    this.chat = onChat || args.chat !== undefined ? this.#chatService(name, args) : this.#service(name, args);
    if (onChat || args.proxy !== undefined)
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
    if (args.conversations !== undefined || kinds.includes("conversations"))
      this.conversations = this.#conversations(name, args);
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

    const shownBy = (what: Parameters<typeof consoleUrl>[0]): ((sid: string) => string) =>
      consoleUrl(what, args.localTwilio);
    this.consoleUrls = {
      workspace: this.routing.workspaceSid.apply(shownBy("workspace")),
      chatService: this.chat.sid.apply(shownBy("chatService")),
      ...(this.proxy && { proxyService: this.proxy.sid.apply(shownBy("proxyService")) }),
      messagingFlow: this.messagingFlow.sid.apply(shownBy("flow")),
      numbers: mapValues(this.messageHandling, ({ sid }) => sid.apply(shownBy("phoneNumber"))),
    };
    this.registerOutputs({
      workspaceSid: this.routing.workspaceSid,
      chatServiceSid: this.chat.sid,
      proxyServiceSid: this.proxy?.sid,
      messagingFlowSid: this.messagingFlow.sid,
      consoleUrls: this.consoleUrls,
    });
  }

  #chatService(name: string, args: FlexMessagingArgs): ChatService {
    const { protect } = args;
    const formerRoles = this.#formerRoles(
      `${name}-conversations`,
      Conversations.type,
      "twilio:conversations:Role",
      args.chat?.roles,
      args.conversations?.roles,
    );
    return new ChatService(`${name}-chat`, { protect, formerRoles, ...chatArgs(args) }, { parent: this });
  }

  /** Of the same name as the chat service: it is the same one. */
  #service(name: string, { protect, conversations }: FlexMessagingArgs): ConversationService {
    return new ConversationService(`${name}-chat`, { protect, ...conversations?.service }, { parent: this });
  }

  #conversations(name: string, { protect, conversations, chat }: FlexMessagingArgs): Conversations {
    const { service: _, ...settings } = conversations ?? {};
    const formerRoles = this.#formerRoles(
      `${name}-chat`,
      ChatService.type,
      "twilio:chat:Role",
      settings.roles,
      chat?.roles,
    );
    return new Conversations(
      `${name}-conversations`,
      { protect, chatServiceSid: this.chat.sid, formerRoles, ...settings },
      { parent: this },
    );
  }

  /** Where roles may have been declared before: those that are not declared there now. */
  #formerRoles(
    name: string,
    type: string,
    role: string,
    roles: Keyed<object> = {},
    there: Keyed<object> = {},
  ): FormerRoles {
    const keys = Object.keys(roles).filter((key) => key !== "agent" && !Object.hasOwn(there, key));
    return rolesIn({ name, type, parent: this }, role, keys);
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
    const { kind = args.kind, migration } = number;
    const { cut } = migration ?? {};
    if (kind === "flex") {
      const next = migration && { cut, ...this.#byConversations(name, args, formerly(number)) };
      return { kind, chatServiceSid: this.chat.sid, ...this.#byFlex(name, args, number), next };
    }
    if (kind === "conversations") {
      const former = migration && { cut, ...this.#byFlex(name, args, formerly(number)) };
      return { kind, chatServiceSid: this.chat.sid, ...this.#byConversations(name, args, number), former };
    }
    if (args.handler === undefined)
      throw new pulumi.RunError(
        `The number ${number.phoneNumber} of ${name} is of kind custom: set a handler.`,
      );
    const { chat: _, ...handler } = args.handler;
    return { kind, handler };
  }

  #byFlex(name: string, args: FlexMessageHandlingArgs, number: FlexNumberArgs) {
    return {
      // There is one wherever a number is handled this way.
      proxyService: this.proxy!,
      integration: this.#integration(integrationOf(name, args, number, "flex") as FlexIntegrationArgs),
      flexFlowName: number.flexFlowName,
      longLived: args.longLived,
      janitorEnabled: args.janitorEnabled,
    };
  }

  #byConversations(name: string, args: FlexMessageHandlingArgs, number: FlexNumberArgs) {
    return {
      integration: this.#conversationIntegration(
        integrationOf(name, args, number, "conversations") as WebhookIntegrationArgs | { type: "studio" },
      ),
      addressName: number.addressName,
    };
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
