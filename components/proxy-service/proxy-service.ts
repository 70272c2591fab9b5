import * as pulumi from "@pulumi/pulumi";
import * as twilio from "@pulumi/twilio";
import { mapValues, type Keyed } from "../keyed.ts";
import { transformed, withDefaults, type Transform } from "../transform.ts";

export interface ProxyNumberArgs {
  /** A number the account owns, in E.164, e.g. `+12025550147`. A change replaces it in the pool. */
  phoneNumber: pulumi.Input<string>;
  /** Whether sessions only use it when asked to by SID. @default false */
  isReserved?: pulumi.Input<boolean>;
}

export interface ProxyServiceArgs {
  /** Unique name of the service, 1 to 191 characters; the one of that name is taken over. @default "Flex" */
  uniqueName?: pulumi.Input<string>;
  /** The chat service it is linked to; a chat service has one proxy service. @default none */
  chatInstanceSid?: pulumi.Input<string>;
  /** Seconds a session lives when it says nothing itself, 0 for no limit. @default 0 */
  defaultTtl?: pulumi.Input<number>;
  /** How close a number must be to the participant, e.g. `country`. @default "country" */
  geoMatchLevel?: pulumi.Input<string>;
  /** Whether a participant keeps getting the same number: `prefer-sticky` or `avoid-sticky`. @default "prefer-sticky" */
  numberSelectionBehavior?: pulumi.Input<string>;
  /** Told of every interaction. @default nobody */
  callbackUrl?: pulumi.Input<string>;
  /** Asked before every interaction; a 403 blocks it. @default nobody */
  interceptCallbackUrl?: pulumi.Input<string>;
  /** Asked what to do with a message that belongs to no session. @default nobody */
  outOfSessionCallbackUrl?: pulumi.Input<string>;
  /**
   * Numbers in the pool, by key. Entering the pool points a number's SMS and voice URLs at Proxy at once;
   * numbers that Flex answers on belong in a `MessageHandling` instead, which puts them here in order.
   *
   * @default none
   */
  numbers?: Keyed<ProxyNumberArgs>;
  /** Refuse to delete or replace the service: its sessions are running conversations. @default false */
  protect?: boolean;
  /** Changes children just before they are made. */
  transform?: {
    service?: Transform<twilio.proxy.ServiceArgs>;
    phoneNumber?: Transform<twilio.proxy.PhoneNumberArgs>;
  };
}

/**
 * The Proxy service that carries messages between customers' phones and chat channels, with the pool of
 * numbers it may use.
 */
export class ProxyService extends pulumi.ComponentResource {
  static readonly type = "flex-messaging:proxy:ProxyService";

  readonly sid: pulumi.Output<string>;
  readonly accountSid: pulumi.Output<string>;

  readonly service: twilio.proxy.Service;
  readonly numbers: Keyed<twilio.proxy.PhoneNumber>;

  constructor(name: string, args: ProxyServiceArgs = {}, opts?: pulumi.ComponentResourceOptions) {
    super(ProxyService.type, name, {}, opts);
    const { numbers = {}, protect, transform, ...service } = args;

    this.service = new twilio.proxy.Service(
      `${name}-service`,
      transformed(withDefaults(service, { uniqueName: "Flex", adopt: true }), transform?.service, "service"),
      { parent: this, protect },
    );
    this.numbers = mapValues(
      numbers,
      (number, key) =>
        new twilio.proxy.PhoneNumber(
          `${name}-number-${key}`,
          transformed({ serviceSid: this.service.sid, adopt: true, ...number }, transform?.phoneNumber, key),
          { parent: this },
        ),
    );

    this.sid = this.service.sid;
    this.accountSid = this.service.accountSid;
    this.registerOutputs({ sid: this.sid, accountSid: this.accountSid });
  }
}
