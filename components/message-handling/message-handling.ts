import * as pulumi from "@pulumi/pulumi";
import * as twilio from "@pulumi/twilio";
import { transformed } from "../transform.ts";
import type {
  ConversationsHandlingArgs,
  FlexHandlingArgs,
  MessageHandlingArgs,
  MessageHandlingOptions,
  SmsHandlerArgs,
} from "./args.ts";
import { autoCreation, flexFlowIntegration } from "./integration.ts";
import { proxyMessageWebhook } from "./proxy-webhook.ts";

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
 * With `next` and `former` both are there while a number goes from Chat and Proxy to Flex Conversations, one of them turned
 * off, and `cut` says in which order they change hands.
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
  /** SID of the Flex Flow, where there is one. */
  readonly flexFlowSid: pulumi.Output<string> | undefined;

  readonly number: twilio.api.IncomingPhoneNumber;
  /** The Flex Flow, where the kind is `flex` or was it before. */
  readonly flexFlow: twilio.flex.FlexFlow | undefined;
  readonly proxyNumber: twilio.proxy.PhoneNumber | undefined;
  /** The Address, where the kind is `conversations` or will be it next. */
  readonly address: twilio.conversations.Address | undefined;
  /** The number as a sender of its Messaging Service. */
  readonly sender: twilio.messaging.PhoneNumber | undefined;

  readonly #name: string;
  readonly #args: MessageHandlingArgs;

  constructor(name: string, args: MessageHandlingArgs, opts: MessageHandlingOptions = {}) {
    super(MessageHandling.type, name, {}, opts);
    this.#name = name;
    this.#args = args;
    this.kind = args.kind;
    this.phoneNumber = args.phoneNumber;
    // Nothing is done for a number that is not there.
    const before = this.#owned().then(() => [opts.dependsOn ?? []].flat());

    if (args.kind === "custom") {
      this.number = this.#number(args.handler, before);
    } else if (args.kind === "conversations") {
      const { former, buy } = args;
      if (former?.cut === "pool") {
        this.number = this.#number(wiring(former), before);
        this.address = this.#address(args, true, before);
      } else if (buy || former?.cut === "clear-first") {
        this.number = this.#number(nobody, before);
        this.address = this.#address(args, true, this.number);
      } else {
        this.address = this.#address(args, true, before);
        this.number = this.#number(nobody, this.address);
      }
      const handled = [this.address, this.number];
      if (args.messagingServiceSid !== undefined)
        this.sender = this.#sender(args.messagingServiceSid, handled);
      if (former !== undefined) {
        this.proxyNumber = this.#proxyNumber(former, before);
        this.flexFlow = this.#flexFlow(former, args.chatServiceSid, false, this.sender ?? handled);
      }
    } else {
      const off = args.next && { ...args.next, chatServiceSid: args.chatServiceSid };
      if (off?.cut === "clear-first") this.address = this.#address(off, false, before);
      this.flexFlow = this.#flexFlow(args, args.chatServiceSid, true, this.address ?? before);
      if (args.buy) {
        this.number = this.#number(wiring(args), this.flexFlow);
        this.proxyNumber = this.#proxyNumber(args, this.number);
      } else {
        this.proxyNumber = this.#proxyNumber(args, this.flexFlow);
        this.number = this.#number(wiring(args), [this.proxyNumber, this.address ?? []].flat());
      }
      // A Messaging Service with an Address that is off would open conversations that nobody gets.
      if (off && off.cut !== "clear-first" && off.cut !== "pool")
        this.address = this.#address(off, false, this.number);
    }
    this.sid = this.number.sid;
    this.flexFlowSid = this.flexFlow?.sid;
    this.registerOutputs({ kind: this.kind, phoneNumber: this.phoneNumber, sid: this.sid });
  }

  /** Taking over a number that the account does not own would buy it. */
  async #owned(): Promise<void> {
    const { phoneNumber, buy } = this.#args;
    if (buy) return;
    try {
      await twilio.api.getIncomingPhoneNumber({ phoneNumber }, { parent: this });
    } catch (error) {
      const reason = (error as Error).message.replace(/^.* returned an error: /s, "");
      const way = reason.startsWith("there is no ") ? ", or set buy: true where it is to be bought" : "";
      throw new pulumi.RunError(`${this.#name} can't get messages of ${phoneNumber}: ${reason}${way}.`);
    }
  }

  #number(handler: SmsHandlerArgs, dependsOn: After): twilio.api.IncomingPhoneNumber {
    const { phoneNumber, friendlyName, protect, transform } = this.#args;
    return new twilio.api.IncomingPhoneNumber(
      `${this.#name}-number`,
      transformed(
        {
          adopt: true,
          phoneNumber,
          friendlyName,
          smsUrl: handler.smsUrl,
          // Without a URL the method says nothing.
          smsMethod: handler.smsUrl === "" ? undefined : (handler.smsMethod ?? "POST"),
          // An application would get the messages in place of the URL.
          smsApplicationSid: "",
          smsFallbackUrl: handler.smsFallbackUrl,
          smsFallbackMethod: handler.smsFallbackMethod,
        },
        transform?.number,
        "number",
      ),
      { parent: this, protect, dependsOn },
    );
  }

  #flexFlow(
    args: Omit<FlexHandlingArgs, "kind" | "chatServiceSid">,
    chatServiceSid: pulumi.Input<string>,
    enabled: boolean,
    dependsOn: After,
  ): twilio.flex.FlexFlow {
    const { phoneNumber, transform } = this.#args;
    return new twilio.flex.FlexFlow(
      `${this.#name}-flex-flow`,
      transformed(
        {
          adopt: true,
          // A Flex Flow that stayed behind would keep handling a number that has gone to your handler.
          deleteAdopted: true,
          friendlyName: args.flexFlowName ?? `Messages to ${phoneNumber}`,
          chatServiceSid,
          channelType: "sms",
          contactIdentity: phoneNumber,
          enabled,
          longLived: args.longLived,
          janitorEnabled: args.janitorEnabled,
          ...flexFlowIntegration(args.integration),
        },
        transform?.flexFlow,
        "flexFlow",
      ),
      { parent: this, dependsOn },
    );
  }

  #address(
    args: Pick<ConversationsHandlingArgs, "chatServiceSid" | "integration" | "addressName">,
    enabled: boolean,
    dependsOn: After,
  ): twilio.conversations.Address {
    const { phoneNumber, friendlyName, transform } = this.#args;
    return new twilio.conversations.Address(
      `${this.#name}-address`,
      transformed(
        {
          adopt: true,
          // One that stayed behind would keep opening conversations for a number that has gone elsewhere.
          deleteAdopted: true,
          type: "sms",
          address: phoneNumber,
          friendlyName: args.addressName ?? friendlyName ?? `Messages to ${phoneNumber}`,
          autoCreation: {
            enabled,
            conversationServiceSid: args.chatServiceSid,
            ...autoCreation(args.integration),
          },
        },
        transform?.address,
        "address",
      ),
      { parent: this, dependsOn },
    );
  }

  #proxyNumber(
    { proxyService }: Pick<FlexHandlingArgs, "proxyService">,
    dependsOn: After,
  ): twilio.proxy.PhoneNumber {
    const { phoneNumber, transform } = this.#args;
    return new twilio.proxy.PhoneNumber(
      `${this.#name}-proxy-number`,
      transformed(
        { adopt: true, serviceSid: proxyService.sid, phoneNumber },
        transform?.proxyNumber,
        "proxyNumber",
      ),
      { parent: this, dependsOn },
    );
  }

  #sender(serviceSid: pulumi.Input<string>, dependsOn: After): twilio.messaging.PhoneNumber {
    return new twilio.messaging.PhoneNumber(
      `${this.#name}-sender`,
      transformed(
        {
          adopt: true,
          // Left among the senders, its texts would not come back to its URL.
          deleteAdopted: true,
          serviceSid,
          phoneNumberSid: this.number.sid,
        },
        this.#args.transform?.sender,
        "sender",
      ),
      { parent: this, dependsOn },
    );
  }
}

/** What comes before a resource. */
type After = pulumi.ResourceOptions["dependsOn"] & {};

/** Texts are left to what else takes them. */
const nobody: SmsHandlerArgs = { smsUrl: "" };

/** The number's texts go to Proxy, which is where Flex's own handling starts. */
function wiring({ proxyService }: Pick<FlexHandlingArgs, "proxyService">): SmsHandlerArgs {
  const webhook = pulumi
    .all([proxyService.accountSid, proxyService.sid])
    .apply(([accountSid, sid]) => proxyMessageWebhook(accountSid, sid));
  return { smsUrl: webhook };
}
