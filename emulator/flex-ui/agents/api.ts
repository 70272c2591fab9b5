import type { Context } from "../../kernel/context.ts";
import type { Kernel } from "../../kernel/kernel.ts";
import type { Agent } from "./agent.ts";

/** A request to the account's own API. */
export interface ApiRequest {
  /** `taskrouter.twilio.com` */
  readonly host: string;
  readonly method: string;
  readonly path: string;
  /** Of the body, or of the query of a GET. */
  readonly form?: Readonly<Record<string, string>>;
  readonly json?: object;
  /** Of the agent as whom it is asked, where the API itself says what agents may. @default as the account */
  readonly token?: string;
}

/** What is behind agents' browsers: the account's API, asked as the account itself by whoever has checked what is asked, or as an agent. */
export class Api {
  readonly #kernel: Kernel;
  readonly #authToken: (accountSid: string) => string;

  constructor(kernel: Kernel, authToken: (accountSid: string) => string) {
    this.#kernel = kernel;
    this.#authToken = authToken;
  }

  /** @returns the answer's body @throws TwilioError as the API does */
  send(accountSid: string, { host, method, path, form = {}, json, token }: ApiRequest): unknown {
    const text = new URLSearchParams(form).toString();
    const isRead = method === "GET";
    const user = token === undefined ? `${accountSid}:${this.#authToken(accountSid)}` : `token:${token}`;
    const { answer } = this.#kernel.route({
      method,
      host,
      target: isRead && text !== "" ? `${path}?${text}` : path,
      authorization: `Basic ${Buffer.from(user).toString("base64")}`,
      ifMatch: undefined,
      contentType: json === undefined ? "application/x-www-form-urlencoded" : "application/json",
      // What people do, webhooks hear of.
      webhookEnabled: "true",
      body: isRead ? "" : json === undefined ? text : JSON.stringify(json),
    });
    return answer().body;
  }

  /** Looks at what is stored. */
  read<T>({ accountSid }: Pick<Agent, "accountSid">, look: (context: Context) => T): T {
    this.#kernel.catchUp();
    return this.#kernel.transaction(accountSid, look);
  }
}
