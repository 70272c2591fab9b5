import type * as pulumi from "@pulumi/pulumi";
import type * as twilio from "@pulumi/twilio";
import type { Transform } from "../transform.ts";

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
  /** What the number is to be handed to: it is made beside this, turned off. @default nothing */
  next?: Pick<ConversationsHandlingArgs, "integration" | "addressName"> & { cut?: Cut };
}

/**
 * How a number changes hands between Chat with Proxy and Flex Conversations, both of which stay declared meanwhile.
 *
 * - `drain`: in the order of `enable-first`, once no chat on the number is open any more.
 * - `enable-first`: the one that gets it is turned on before the other one is off. A text between the two requests comes
 *   in both ways, none is lost.
 * - `clear-first`: the other way around. A text between the two requests comes in neither way, none comes in twice.
 * - `pool`: the number becomes a sender of a Messaging Service that opens conversations by itself, which takes its texts
 *   from the URL that it keeps. On the way back its Address goes instead of being turned off.
 */
export type Cut = "drain" | "enable-first" | "clear-first" | "pool";

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
  /** Messaging Service whose sender the number is. @default none: it leaves the one that this had put it into */
  messagingServiceSid?: pulumi.Input<string>;
  /**
   * What handled the number before: it stays beside this, the Flex Flow turned off, so that open chats go on by Proxy and
   * the number can be handed back. @default nothing
   */
  former?: Omit<FlexHandlingArgs, "kind" | "chatServiceSid" | "next"> & { cut?: Cut };
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
    sender?: Transform<twilio.messaging.PhoneNumberArgs>;
  };
};

export type MessageHandlingOptions = Omit<pulumi.ComponentResourceOptions, "dependsOn"> & {
  /** Comes before anything here, e.g. the chat service that a handler works with. */
  dependsOn?: pulumi.Resource | pulumi.Resource[];
};
