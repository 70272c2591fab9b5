import * as pulumi from "@pulumi/pulumi";
import * as twilio from "@pulumi/twilio";
import { transformed, type Transform } from "../transform.ts";
import { proxyMessageWebhook } from "./proxy-webhook.ts";

/** What happens with a new conversation that Flex handles. */
export type IntegrationArgs =
  /** It goes through a Studio flow. */
  | { type: "studio"; flowSid: pulumi.Input<string> }
  /** Its messages are posted to a URL. */
  | { type: "external"; url: pulumi.Input<string> }
  /** It becomes a task at once. */
  | {
      type: "task";
      workspaceSid: pulumi.Input<string>;
      workflowSid: pulumi.Input<string>;
      /** SID of the task channel; without it Flex shows the task, but not as a chat. */
      taskChannelSid: pulumi.Input<string>;
      /** Seconds the task lives. @default 86400 */
      timeout?: pulumi.Input<number>;
      /** From 0; higher is served first. @default 0 */
      priority?: pulumi.Input<number>;
    };

/** Flex handles the number's messages: Proxy, chat and a Flex Flow. */
export interface FlexHandlingArgs {
  kind: "flex";
  /** The chat service conversations take place in. */
  chatServiceSid: pulumi.Input<string>;
  /** The Proxy service, as an object so that its account is the one in the number's webhook. */
  proxyService: { sid: pulumi.Input<string>; accountSid: pulumi.Input<string> };
  /** What happens with a new conversation. */
  integration: IntegrationArgs;
  /** Name of the Flex Flow. @default "Messages to " and the number */
  flexFlowName?: pulumi.Input<string>;
  /** Whether a conversation goes on in the same channel after the task ended. @default false */
  longLived?: pulumi.Input<boolean>;
  /** Whether Flex closes what is left over when a task is deleted outside the Flex UI. @default false */
  janitorEnabled?: pulumi.Input<boolean>;
}

/** What happens with a new conversation of Flex Conversations. */
export type ConversationIntegrationArgs =
  /** It goes through a Studio flow, whose trigger leads somewhere for `incomingConversationMessage`. */
  | { type: "studio"; flowSid: pulumi.Input<string> }
  /** Its events are posted to a URL, which makes an Interaction of it. */
  | {
      type: "webhook";
      url: pulumi.Input<string>;
      /** `GET` or `POST`. @default "POST" */
      method?: pulumi.Input<string>;
      /** Which events, e.g. `["onMessageAdded"]`; their order has no meaning. @default none */
      filters?: pulumi.Input<pulumi.Input<string>[]>;
    };

/** Flex Conversations handles the number's messages: an Address opens a conversation for each customer. */
export interface ConversationsHandlingArgs {
  kind: "conversations";
  /** The service that conversations are opened in: Flex's own. */
  chatServiceSid: pulumi.Input<string>;
  /** What happens with a new conversation. */
  integration: ConversationIntegrationArgs;
  /** Name of the Address; "" for one without. @default that of the number, or "Messages to " and the number */
  addressName?: pulumi.Input<string>;
}

/** Your own handler gets the number's messages; Flex has no part in them. */
export interface CustomHandlingArgs {
  kind: "custom";
  handler: SmsHandlerArgs;
}

export interface SmsHandlerArgs {
  /** Where Twilio posts an incoming message. */
  smsUrl: pulumi.Input<string>;
  /** `GET` or `POST`. @default "POST" */
  smsMethod?: pulumi.Input<string>;
  /** Where Twilio goes when `smsUrl` fails. @default nowhere: the message is lost */
  smsFallbackUrl?: pulumi.Input<string>;
  /** `GET` or `POST`. @default "POST" */
  smsFallbackMethod?: pulumi.Input<string>;
}

export type MessageHandlingArgs = (FlexHandlingArgs | ConversationsHandlingArgs | CustomHandlingArgs) & {
  /** The number, in E.164, e.g. `+12025550147`. A change replaces everything here. */
  phoneNumber: string;
  /** Name of the number. @default as it is */
  friendlyName?: pulumi.Input<string>;
  /**
   * Buys the number when the account does not own it. Take it out once the number is bought: a number
   * that is to be bought has to come first, before its handler, so switching its kind could lose messages.
   *
   * @default false: a number the account does not own is an error
   */
  buy?: boolean;
  /** Refuse to release the number. @default false */
  protect?: boolean;
  /** Changes children just before they are made. */
  transform?: {
    number?: Transform<twilio.api.IncomingPhoneNumberArgs>;
    flexFlow?: Transform<twilio.flex.FlexFlowArgs>;
    proxyNumber?: Transform<twilio.proxy.PhoneNumberArgs>;
    address?: Transform<twilio.conversations.AddressArgs>;
  };
};

export type MessageHandlingOptions = Omit<pulumi.ComponentResourceOptions, "dependsOn"> & {
  /** Comes before anything here, e.g. the chat service that a handler works with. */
  dependsOn?: pulumi.Resource | pulumi.Resource[];
};

/**
 * Who gets the messages that come in on a phone number: Flex by Programmable Chat and Proxy, Flex Conversations, or a
 * handler of your own.
 *
 * Switching loses no message, because the number always points at something that is complete. To `custom`, the number's
 * URL is changed first, and what Flex had is deleted at the end. To `flex`, the Flex Flow is made first, then the number
 * enters the Proxy pool (which points its URLs at Proxy at once), and last the number records that URL. To
 * `conversations`, the Address is made first, then the number's URL is emptied, and what was there before goes last;
 * away from it the Address goes last. In between, a message may come in both ways.
 *
 * A number of kind `conversations` has no URL: Twilio's documents don't agree on whether a filled one is called beside the
 * Address, and where it is, customers get two answers.
 *
 * Entering the pool changes the number's voice URL as well; set `voiceUrl` by `transform.number` to keep yours.
 *
 * @example
 * ```ts
 * new MessageHandling("support", {
 *   phoneNumber: "+12025550147",
 *   kind: "custom",
 *   handler: { smsUrl: "https://handler.example.com/sms" },
 * });
 * ```
 */
export class MessageHandling extends pulumi.ComponentResource {
  static readonly type = "flex-messaging:messaging:MessageHandling";

  readonly kind: "flex" | "conversations" | "custom";
  readonly phoneNumber: string;
  /** SID of the phone number. */
  readonly sid: pulumi.Output<string>;
  /** SID of the Flex Flow, where the kind is `flex`. */
  readonly flexFlowSid: pulumi.Output<string> | undefined;

  readonly number: twilio.api.IncomingPhoneNumber;
  readonly flexFlow: twilio.flex.FlexFlow | undefined;
  readonly proxyNumber: twilio.proxy.PhoneNumber | undefined;
  /** The Address, where the kind is `conversations`. */
  readonly address: twilio.conversations.Address | undefined;

  constructor(name: string, args: MessageHandlingArgs, opts: MessageHandlingOptions = {}) {
    super(MessageHandling.type, name, {}, opts);
    // Nothing is done for a number that is not there.
    const before = {
      parent: this,
      dependsOn: this.#owned(name, args).then(() => [opts.dependsOn ?? []].flat()),
    };
    this.kind = args.kind;
    this.phoneNumber = args.phoneNumber;
    const protectedNumber = { parent: this, protect: args.protect };

    if (args.kind === "custom") {
      this.number = this.#number(name, args, args.handler, { ...before, ...protectedNumber });
    } else if (args.kind === "conversations") {
      const nobody = { smsUrl: "" };
      if (args.buy) {
        this.number = this.#number(name, args, nobody, { ...before, ...protectedNumber });
        this.address = this.#address(name, args, { parent: this, dependsOn: this.number });
      } else {
        this.address = this.#address(name, args, before);
        this.number = this.#number(name, args, nobody, { ...protectedNumber, dependsOn: this.address });
      }
    } else {
      const wiring = {
        smsUrl: pulumi
          .all([args.proxyService.accountSid, args.proxyService.sid])
          .apply(([accountSid, sid]) => proxyMessageWebhook(accountSid, sid)),
      };
      this.flexFlow = this.#flexFlow(name, args, before);
      if (args.buy) {
        this.number = this.#number(name, args, wiring, { ...protectedNumber, dependsOn: this.flexFlow });
        this.proxyNumber = this.#proxyNumber(name, args, { parent: this, dependsOn: this.number });
      } else {
        this.proxyNumber = this.#proxyNumber(name, args, { parent: this, dependsOn: this.flexFlow });
        this.number = this.#number(name, args, wiring, { ...protectedNumber, dependsOn: this.proxyNumber });
      }
    }
    this.sid = this.number.sid;
    this.flexFlowSid = this.flexFlow?.sid;
    this.registerOutputs({ kind: this.kind, phoneNumber: this.phoneNumber, sid: this.sid });
  }

  /** Taking over a number that the account does not own would buy it. */
  async #owned(name: string, { phoneNumber, buy }: MessageHandlingArgs): Promise<void> {
    if (buy) return;
    try {
      await twilio.api.getIncomingPhoneNumber({ phoneNumber }, { parent: this });
    } catch (error) {
      const reason = (error as Error).message.replace(/^.* returned an error: /s, "");
      const way = reason.startsWith("there is no ") ? ", or set buy: true where it is to be bought" : "";
      throw new pulumi.RunError(`${name} can't get messages of ${phoneNumber}: ${reason}${way}.`);
    }
  }

  #number(
    name: string,
    args: MessageHandlingArgs,
    handler: SmsHandlerArgs,
    options: pulumi.CustomResourceOptions,
  ): twilio.api.IncomingPhoneNumber {
    return new twilio.api.IncomingPhoneNumber(
      `${name}-number`,
      transformed(
        {
          adopt: true,
          phoneNumber: args.phoneNumber,
          friendlyName: args.friendlyName,
          smsUrl: handler.smsUrl,
          // Without a URL the method says nothing.
          smsMethod: handler.smsUrl === "" ? undefined : (handler.smsMethod ?? "POST"),
          // An application would get the messages in place of the URL.
          smsApplicationSid: "",
          smsFallbackUrl: handler.smsFallbackUrl,
          smsFallbackMethod: handler.smsFallbackMethod,
        },
        args.transform?.number,
        "number",
      ),
      options,
    );
  }

  #flexFlow(
    name: string,
    args: FlexHandlingArgs & Pick<MessageHandlingArgs, "phoneNumber" | "transform">,
    options: pulumi.CustomResourceOptions,
  ): twilio.flex.FlexFlow {
    return new twilio.flex.FlexFlow(
      `${name}-flex-flow`,
      transformed(
        {
          adopt: true,
          // A Flex Flow that stayed behind would keep handling a number that has gone to your handler.
          deleteAdopted: true,
          friendlyName: args.flexFlowName ?? `Messages to ${args.phoneNumber}`,
          chatServiceSid: args.chatServiceSid,
          channelType: "sms",
          contactIdentity: args.phoneNumber,
          enabled: true,
          longLived: args.longLived,
          janitorEnabled: args.janitorEnabled,
          ...flexFlowIntegration(args.integration),
        },
        args.transform?.flexFlow,
        "flexFlow",
      ),
      options,
    );
  }

  #address(
    name: string,
    args: ConversationsHandlingArgs & Pick<MessageHandlingArgs, "phoneNumber" | "friendlyName" | "transform">,
    options: pulumi.CustomResourceOptions,
  ): twilio.conversations.Address {
    return new twilio.conversations.Address(
      `${name}-address`,
      transformed(
        {
          adopt: true,
          // One that stayed behind would keep opening conversations for a number that has gone elsewhere.
          deleteAdopted: true,
          type: "sms",
          address: args.phoneNumber,
          friendlyName: args.addressName ?? args.friendlyName ?? `Messages to ${args.phoneNumber}`,
          autoCreation: {
            enabled: true,
            conversationServiceSid: args.chatServiceSid,
            ...autoCreation(args.integration),
          },
        },
        args.transform?.address,
        "address",
      ),
      options,
    );
  }

  #proxyNumber(
    name: string,
    args: FlexHandlingArgs & Pick<MessageHandlingArgs, "phoneNumber" | "transform">,
    options: pulumi.CustomResourceOptions,
  ): twilio.proxy.PhoneNumber {
    return new twilio.proxy.PhoneNumber(
      `${name}-proxy-number`,
      transformed(
        {
          adopt: true,
          serviceSid: args.proxyService.sid,
          phoneNumber: args.phoneNumber,
        },
        args.transform?.proxyNumber,
        "proxyNumber",
      ),
      options,
    );
  }
}

function autoCreation(args: ConversationIntegrationArgs) {
  if (args.type === "studio") return { type: "studio", studioFlowSid: args.flowSid };
  const { url, method = "POST", filters } = args;
  // Addresses alone have it in small letters.
  const webhookMethod = pulumi.output(method).apply((name) => name.toLowerCase());
  return { type: "webhook", webhookUrl: url, webhookMethod, webhookFilters: filters };
}

function flexFlowIntegration(args: IntegrationArgs) {
  switch (args.type) {
    case "studio":
      return { integrationType: "studio", integration: { flowSid: args.flowSid } };
    case "external":
      return { integrationType: "external", integration: { url: args.url } };
    case "task": {
      const { workspaceSid, workflowSid, taskChannelSid, timeout, priority } = args;
      return {
        integrationType: "task",
        integration: { workspaceSid, workflowSid, channel: taskChannelSid, timeout, priority },
      };
    }
  }
}
