import type { Twilio } from "twilio";
import { ConnectionError, TwilioError, UserError } from "../engine/errors.ts";
import { explainConnection } from "../engine/explain.ts";
import { backoff } from "../http/backoff.ts";
import { readOnly } from "../http/readOnly.ts";
import { sdkClient } from "../http/sdkClient.ts";
import { Transport } from "../http/transport.ts";
import type { Configuration } from "./configuration.ts";
import { accepts, elsewhere, notUsable } from "./elsewhere.ts";
import { healthPath, isLoopback, recognize } from "./localTwilio.ts";

/** What the state records of where a stack's resources are. */
export interface Expected {
  /** Of the local Twilio that has them. */
  identity: string;
  /** Of the local Twilio that may stand in for it all the same. */
  accepted?: string | undefined;
  /** Name of the stack, for messages. */
  stack?: string | undefined;
}

export interface Clients {
  twilio: Twilio;
  twilioOnce: Twilio;
}

/** One Twilio account, and the way to it. */
export class Account {
  readonly configuration: Configuration;
  readonly transport: Transport;
  readonly #signal: AbortSignal;
  #clients: Promise<Clients> | undefined;
  #verified: Promise<Clients> | undefined;
  #reported = false;
  #localTwilio: string | undefined;
  /** Name of the provider where the program makes it; undefined where the stack's configuration does. */
  ownName: string | undefined;
  /** Identity of the local Twilio that the state records; another one is refused before it gets credentials. */
  expected: Expected | undefined;

  constructor(configuration: Configuration, signal: AbortSignal, onExchange?: (line: string) => void) {
    this.configuration = configuration;
    this.#signal = signal;
    this.transport = new Transport({
      ...(configuration.endpoint !== undefined && { endpoint: configuration.endpoint }),
      maxConcurrency: configuration.maxConcurrency,
      maxRetries: configuration.maxRetries,
      signal,
      ...(onExchange !== undefined && { onExchange }),
    });
  }

  /** The endpoint for messages. */
  get endpoint(): string | undefined {
    return this.configuration.endpoint?.href.replace(/\/$/, "");
  }

  /** Identity of the local Twilio that the endpoint is; known once there are clients. */
  get localTwilio(): string | undefined {
    return this.#localTwilio;
  }

  /**
   * SDK clients, once it is certain that the credentials are valid and belong to the account: asked of
   * Twilio once, before anything else. When they are not, the first caller is told all about it.
   */
  async clients(): Promise<Clients> {
    this.#verified ??= this.#verify();
    try {
      return await this.#verified;
    } catch (error) {
      if (!this.#reported) {
        this.#reported = true;
        throw error;
      }
      throw new UserError("not attempted, for the reason given for another resource: Twilio can't be used", {
        cause: error,
      });
    }
  }

  /** Waits before a create is sent again. */
  async pause(attempt: number): Promise<void> {
    await this.transport.wait(backoff(attempt, Math.random));
  }

  async #verify(): Promise<Clients> {
    this.#clients ??= this.#connect();
    const clients = await this.#clients;
    const { accountSid, username } = this.configuration;
    const byKey = username !== accountSid;
    try {
      await this.#recognize();
      if (byKey) await this.#verifyKey(clients.twilio);
      else await verifyAccount(clients.twilio, accountSid);
    } catch (error) {
      this.#signal.throwIfAborted();
      if (error instanceof ConnectionError)
        throw new UserError(explainConnection(error, this.endpoint), { cause: error });
      if (error instanceof TwilioError) throw refusal(error, accountSid, byKey, this.ownName);
      throw error;
    }
    return clients;
  }

  /**
   * Finds out which local Twilio the endpoint is, before credentials go there. On this machine it has to be one; an
   * endpoint elsewhere may also be somebody's own proxy to Twilio.
   */
  async #recognize(): Promise<void> {
    const { endpoint } = this.configuration;
    if (endpoint !== undefined) {
      const found = recognize(await this.transport.askEndpoint(endpoint, healthPath));
      if (found.kind === "local") this.#localTwilio = found.identity;
      else if (isLoopback(endpoint.hostname)) throw notUsable(found, this.endpoint ?? "");
    }
    const { identity, accepted, stack } = this.expected ?? {};
    if (identity === undefined || identity === this.#localTwilio) return;
    if (accepts(accepted, this.#localTwilio)) return;
    throw elsewhere(identity, this.#localTwilio, this.endpoint, stack);
  }

  /**
   * An API key acts on the account it was made in, whatever account is configured, so ask Twilio which one
   * that is. Standard keys may not read the account itself, but they may read this.
   */
  async #verifyKey(twilio: Twilio): Promise<void> {
    const { accountSid } = this.configuration;
    let owner: string;
    try {
      owner = (await twilio.flexApi.v1.configuration().fetch()).accountSid;
    } catch (error) {
      // An account without Flex, or a key that may not see it.
      const status = error instanceof TwilioError ? error.status : undefined;
      if (status === 404 || status === 403) return verifyAccount(twilio, accountSid);
      throw error;
    }
    if (owner !== accountSid) {
      throw new UserError(
        `the API key belongs to account ${owner}, but ${accountSid} is configured.\n` +
          `Fix: use an API key of ${accountSid}, or the stack of ${owner}`,
      );
    }
  }

  async #connect(): Promise<Clients> {
    const { accountSid, username, password, region, edge } = this.configuration;
    const options = {
      username,
      password,
      accountSid,
      ...(region !== undefined && { region }),
      ...(edge !== undefined && { edge }),
    };
    const carried = this.configuration.readOnly ? readOnly : <Carrier>(carrier: Carrier) => carrier;
    const [twilio, twilioOnce] = await Promise.all([
      sdkClient({ ...options, http: carried(this.transport.resending) }),
      sdkClient({ ...options, http: carried(this.transport.once) }),
    ]);
    return { twilio, twilioOnce };
  }
}

async function verifyAccount(twilio: Twilio, accountSid: string): Promise<void> {
  const { status } = await twilio.api.v2010.accounts(accountSid).fetch();
  if (status !== "active") {
    throw new UserError(`account ${accountSid} is ${status}.\nFix: reactivate it in the Twilio Console`);
  }
}

function refusal(error: TwilioError, accountSid: string, byKey: boolean, ownName?: string): UserError {
  const facts = `HTTP ${error.status}${error.code === undefined ? "" : `, Twilio error ${error.code}`}`;
  const credential = byKey ? "the API key and secret" : "the auth token";
  if (error.status === 401 || error.status === 403 || error.status === 404) {
    return new UserError(
      `Twilio does not accept ${credential} for account ${accountSid}: ${error.message} (${facts}).\n` +
        (ownName === undefined
          ? "Fix: check twilio:accountSid and twilio:authToken (or twilio:apiKey and twilio:apiSecret), or the "
          : `Fix: check accountSid and authToken (or apiKey and apiSecret) of provider "${ownName}" in the program, or the `) +
        "TWILIO_… environment variables",
      { cause: error },
    );
  }
  return new UserError(`Twilio could not say whose credentials these are: ${error.message} (${facts})`, {
    cause: error,
  });
}
