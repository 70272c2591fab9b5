import { createHmac } from "node:crypto";
import { invalid } from "../kernel/errors.ts";
import type { Incoming, Kernel } from "../kernel/kernel.ts";
import { configuration } from "../products/flex/kinds.ts";

/** `/_emulator/api/{host}/{path}`, the public API for the page. */
const gateway = /^\/_emulator\/api\/([a-z0-9-]+(?:\.[a-z0-9-]+)*\.twilio\.com)(\/.*)$/i;

/** Seconds that the token of an agent is good for; each request has its own. */
const lifetime = 300;

/** Whose credentials go with what the page asks. */
export interface GatewayAccount {
  readonly accountSid: string;
  readonly authToken: string;
}

/**
 * Turns what the page asks into a request to the public API: with Twilio's Host, and with the account's credentials, which
 * no browser gets to see. `X-Emulator-As: identity` asks as that agent does in Flex, so that roles decide as they do there.
 */
export class Gateway {
  readonly #kernel: Kernel;
  readonly #account: GatewayAccount;

  constructor(kernel: Kernel, account: GatewayAccount) {
    this.#kernel = kernel;
    this.#account = account;
  }

  /**
   * @param actingAs value of `X-Emulator-As`, with percent escapes
   * @returns undefined for a request that is not meant for the gateway
   * @throws TwilioError 400 when an escape is broken
   */
  forward(incoming: Incoming, actingAs: string | undefined): Incoming | undefined {
    const [, host, target] = gateway.exec(incoming.target) ?? [];
    if (host === undefined || target === undefined) return undefined;
    const { accountSid, authToken } = this.#account;
    const user =
      actingAs === undefined || actingAs === ""
        ? `${accountSid}:${authToken}`
        : `token:${this.#tokenOf(decoded(actingAs))}`;
    const authorization = `Basic ${Buffer.from(user).toString("base64")}`;
    return { ...incoming, host, target, authorization, isFromPage: true };
  }

  /** An access token for Flex's chat service, signed by the account. */
  #tokenOf(identity: string): string {
    const { accountSid, authToken } = this.#account;
    const settings = this.#kernel.transaction(
      accountSid,
      (context) => context.of(configuration).get(accountSid)?.fields.settings ?? {},
    );
    const claims = {
      ...{ iss: accountSid, sub: accountSid, exp: Math.floor(this.#kernel.now / 1000) + lifetime },
      grants: { identity, chat: { service_sid: settings["chat_service_instance_sid"] } },
    };
    const content = [{ typ: "JWT", alg: "HS256", cty: "twilio-fpa;v=1" }, claims]
      .map((part) => Buffer.from(JSON.stringify(part)).toString("base64url"))
      .join(".");
    return `${content}.${createHmac("sha256", authToken).update(content).digest("base64url")}`;
  }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw invalid("X-Emulator-As must be an identity, with percent escapes as in a URL");
  }
}
