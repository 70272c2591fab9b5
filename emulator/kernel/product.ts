import type { Change, Context } from "./context.ts";
import type { Conventions } from "./dialect.ts";
import type { Handler, RequestContext } from "./request.ts";
import type { Resource } from "./resource.ts";
import type { OnAnswer } from "./webhook.ts";

/** The operations that Twilio's OpenAPI documents list: path → method → operation id. */
export type Operations = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** An endpoint that is not plain create, fetch, list, update or delete. */
export interface Route {
  readonly method: "GET" | "POST" | "DELETE";
  /** Path as in OpenAPI. */
  readonly path: string;
  /** What the body is read as; `either`: as its content type says. @default "form" */
  readonly body?: "form" | "json" | "either";
  readonly handle: Handler;
}

/** One Twilio product: a host and what lives there. */
export interface Product extends Conventions {
  /** First label of its host: `taskrouter` is `taskrouter.twilio.com` and all its regional hosts. */
  readonly host: string;
  readonly resources: readonly Resource<never>[];
  readonly routes?: readonly Route[];
  /** All that Twilio has there; what is neither a resource nor a route of ours answers 501. */
  readonly operations: Operations;
  /**
   * Refuses what a person may not do, before it is done, inside the transaction. Without it people may do nothing.
   * @throws TwilioError
   */
  authorize?(request: RequestContext & { readonly operation: string }): void;
  /** What is done with the answers to webhooks, by their purpose. */
  readonly answers?: Readonly<Record<string, OnAnswer>>;
  /** Sees every write of any product, inside its transaction. */
  onChange?(change: Change, context: Context): void;
}
