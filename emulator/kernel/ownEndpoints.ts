import type { FastifyInstance, FastifyReply } from "fastify";
import { TwilioError } from "./errors.ts";
import type { Faults } from "./faults.ts";
import { localTwilioName, localTwilioVersion } from "./identity.ts";
import type { Kernel } from "./kernel.ts";
import { parseJson } from "./parameter.ts";
import type { WebhookSender } from "./webhookSender.ts";

/** An endpoint of the local Twilio's own, which Twilio has not. */
export interface OwnEndpoint {
  readonly method: "GET" | "POST" | "DELETE";
  /** Below `/_emulator`; `:name` is a parameter. */
  readonly path: string;
  /** Gives the answer's body; undefined answers 204. A TwilioError is answered in Twilio's shape. */
  handle(request: OwnRequest): unknown;
}

export interface OwnRequest {
  readonly parameters: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  /** The parsed JSON body; undefined when there is none. */
  readonly body: unknown;
}

export interface OwnParts {
  readonly kernel: Kernel;
  readonly webhooks: WebhookSender;
  readonly faults: Faults;
  readonly accountSid: string;
  /** Tells this local Twilio from others. */
  readonly identity: string;
}

/** The endpoints that every local Twilio has. */
export function ownEndpoints({ kernel, webhooks, faults, accountSid, identity }: OwnParts): OwnEndpoint[] {
  return [
    {
      method: "GET",
      path: "/health",
      handle: () => ({
        status: "ok",
        name: localTwilioName,
        version: localTwilioVersion,
        identity,
        hosts: kernel.hosts,
      }),
    },
    {
      method: "GET",
      path: "/webhooks",
      handle: ({ query }) => ({ webhooks: webhooks.report(accountSid, readLimit(query["limit"], 100)) }),
    },
    { method: "GET", path: "/faults", handle: () => ({ faults: faults.list() }) },
    { method: "POST", path: "/faults", handle: ({ body }) => faults.add(body) },
    { method: "DELETE", path: "/faults", handle: () => faults.remove() },
    { method: "DELETE", path: "/faults/:id", handle: ({ parameters }) => faults.remove(parameters["id"]) },
  ];
}

/** Has a server answer endpoints of its own. */
export function addOwnEndpoints(
  app: FastifyInstance,
  endpoints: readonly OwnEndpoint[],
  fail: (reply: FastifyReply, error: unknown) => FastifyReply,
): void {
  for (const { method, path, handle } of endpoints) {
    app.route({
      method,
      url: `/_emulator${path}`,
      async handler(request, reply) {
        try {
          const body = await handle({
            parameters: request.params as Record<string, string>,
            query: lastOfEach(request.query as Record<string, string | string[]>),
            body: readJson(request.body),
          });
          return body === undefined ? await reply.code(204).send() : body;
        } catch (error) {
          return fail(reply, error);
        }
      },
    });
  }
}

/** A query in which each name has one value, whoever writes it twice. */
function lastOfEach(query: Readonly<Record<string, string | string[]>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(query).map(([name, value]) => [
      name,
      typeof value === "string" ? value : (value.at(-1) ?? ""),
    ]),
  );
}

function readJson(body: unknown): unknown {
  return typeof body === "string" && body.trim() !== "" ? parseJson(body, "The body") : undefined;
}

/** How many of something are wanted. @throws TwilioError unless it is a whole number above 0 */
export function readLimit(given: string | undefined, usual: number): number {
  const limit = Number(given ?? usual);
  if (!Number.isInteger(limit) || limit < 1)
    throw new TwilioError(400, 20001, "limit must be a whole number above 0");
  return limit;
}
