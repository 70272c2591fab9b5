import type { Context } from "./context.ts";
import type { Conventions } from "./dialect.ts";
import type { Form } from "./form.ts";

/** Somebody whom an access token speaks for. */
export interface Person {
  readonly identity: string;
  /** The chat service that the token is for. */
  readonly chatServiceSid: string | undefined;
}

/** A request that was routed and authenticated. */
export interface RequestContext {
  readonly context: Context;
  readonly product: Conventions;
  /** `https://taskrouter.twilio.com`, whatever host was called: SDKs follow these addresses as they are. */
  readonly origin: string;
  readonly method: string;
  readonly path: string;
  /** The path's parameters, decoded. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly query: Form;
  /** The form of the body; empty when there is none. */
  readonly form: Form;
  /** The JSON body of a route that takes one. */
  readonly json: unknown;
  readonly ifMatch: string | undefined;
  /** Who acts, when it is a person with an access token and not the account. */
  readonly person: Person | undefined;
}

/** An answer; `body` becomes JSON, undefined is an empty body. */
export interface Reply {
  readonly status: number;
  readonly body?: object;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Answers a request, inside a transaction when the method may write. */
export type Handler = (request: RequestContext) => Reply;
