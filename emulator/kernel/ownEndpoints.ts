import type { FastifyInstance, FastifyReply } from "fastify";
import * as z from "zod";
import type { Clock } from "./clock.ts";
import { invalid, TwilioError } from "./errors.ts";
import type { Faults } from "./faults.ts";
import { localTwilioName, localTwilioVersion } from "./identity.ts";
import type { Kernel } from "./kernel.ts";
import { parseJson } from "./parameter.ts";
import type { RequestLog } from "./requestLog.ts";
import type { Scheduler } from "./scheduler.ts";
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
  readonly clock: Clock;
  readonly scheduler: Scheduler;
  readonly webhooks: WebhookSender;
  readonly faults: Faults;
  readonly accountSid: string;
  /** Tells this local Twilio from others. */
  readonly identity: string;
}

/** The endpoints that every local Twilio has. */
export function ownEndpoints({
  kernel,
  clock,
  scheduler,
  webhooks,
  faults,
  accountSid,
  identity,
}: OwnParts): OwnEndpoint[] {
  const time = (): object => ({
    now: new Date(clock.now()).toISOString(),
    offset: clock.offset / 1000,
    next_due: kernel.nextDue === undefined ? null : new Date(kernel.nextDue).toISOString(),
  });
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
    { method: "GET", path: "/clock", handle: time },
    {
      method: "POST",
      path: "/clock",
      async handle({ body }) {
        const move = readMove(body, clock.now());
        await ("advance" in move ? scheduler.advanceBy(move.advance) : scheduler.advanceTo(move.moment));
        return time();
      },
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

/** The endpoints that tell of requests. */
export function requestLogEndpoints(log: RequestLog): OwnEndpoint[] {
  return [
    { method: "GET", path: "/requests", handle: ({ query }) => log.report(readCount(query["limit"])) },
    { method: "DELETE", path: "/requests", handle: () => log.clear() },
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
            query: request.query as Record<string, string>,
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

function readJson(body: unknown): unknown {
  return typeof body === "string" && body.trim() !== "" ? parseJson(body, "The body") : undefined;
}

/** As long a step as a clock is moved by, in seconds: a hundred years. */
const longestStep = 100 * 366 * 24 * 60 * 60;

/** A year before dates get more digits than Twilio's forms of them have; what is due by itself comes sooner. */
const endOfTime = Date.UTC(9999, 0, 1);

const move = z.union([
  z.strictObject({ advance: z.number().min(0).max(longestStep) }),
  z.strictObject({ set: z.iso.datetime({ offset: true }) }),
]);

/** How far the clock is to go, or where to, in milliseconds. */
function readMove(body: unknown, now: number): { advance: number } | { moment: number } {
  const parsed = move.safeParse(body);
  if (!parsed.success) {
    throw invalid('Send {"advance": seconds} or {"set": "2030-01-01T00:00:00Z"} to move the clock forward');
  }
  if ("advance" in parsed.data) {
    const advance = parsed.data.advance * 1000;
    if (now + advance > endOfTime) throw tooFar();
    return { advance };
  }
  const moment = Date.parse(parsed.data.set);
  if (moment < now) {
    throw invalid(
      `The clock only moves forward: it is ${new Date(now).toISOString()}, later than ${parsed.data.set}`,
    );
  }
  if (moment > now + longestStep * 1000)
    throw invalid(`${parsed.data.set} is more than a hundred years away`);
  if (moment > endOfTime) throw tooFar();
  return { moment };
}

function tooFar(): TwilioError {
  return invalid(
    `The clock goes up to ${new Date(endOfTime).toISOString()}; start again with a new database`,
  );
}

/** How many requests are shown, undefined for all; none is for whoever wants the counts only. */
function readCount(given: string | undefined): number | undefined {
  return given === "0" ? 0 : given === undefined ? undefined : readLimit(given, 1);
}

function readLimit(given: string | undefined, usual: number): number {
  const limit = Number(given ?? usual);
  if (!Number.isInteger(limit) || limit < 1)
    throw new TwilioError(400, 20001, "limit must be a whole number above 0");
  return limit;
}
