import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from "fastify";
import type { AddressInfo } from "node:net";
import { setTimeout } from "node:timers/promises";
import { TwilioError } from "./errors.ts";
import type { Fault, Faults } from "./faults.ts";
import { type GuardedHeaders, refusalOf } from "./guard.ts";
import type { Incoming, Kernel, Routed } from "./kernel.ts";
import { addOwnEndpoints, type OwnEndpoint } from "./ownEndpoints.ts";
import type { Reply } from "./request.ts";
import type { RequestLog } from "./requestLog.ts";
import { randomSid } from "./sid.ts";

/** Largest body accepted, in bytes: a workflow configuration may have 1 MB, percent escapes triple it. */
const bodyLimit = 4 * 1024 * 1024;

/** What the request log has for the status of a request whose connection broke before anything was handled. */
const notHandled = 0;

/** A request and its answer, as they were on the wire. No headers, so no credentials. */
export interface Exchange {
  readonly method: string;
  readonly host: string;
  readonly path: string;
  readonly query: string;
  readonly contentType: string | undefined;
  readonly requestBody: string;
  readonly status: number;
  /** The answer's parsed body; undefined when it is empty. */
  readonly responseBody: unknown;
  /** Operation id and path template of Twilio's OpenAPI, when the path is one of Twilio's. */
  readonly operation: string | undefined;
  readonly template: string | undefined;
}

export interface ServerOptions {
  readonly kernel: Kernel;
  /** Where a request leads. @default where the kernel says */
  readonly route?: ((incoming: Incoming) => Routed) | undefined;
  /** Sees every exchange with a Twilio host. */
  readonly onExchange?: ((exchange: Exchange) => void) | undefined;
  /** Decides for each request with a Twilio host whether it goes wrong, and how. */
  readonly fault?: ((request: Incoming) => Fault | undefined) | undefined;
  /** The faults that users set. */
  readonly faults: Faults;
  readonly endpoints: readonly OwnEndpoint[];
  /** Is told of every request to a Twilio host. */
  readonly log: RequestLog;
  /** Turns a request to an endpoint of its own into one to a Twilio host; undefined where it is none such. */
  readonly forward?: ((incoming: Incoming, headers: GuardedHeaders) => Incoming | undefined) | undefined;
  /** Adds routes of other kinds than endpoints. */
  readonly extend?: ((app: FastifyInstance) => void) | undefined;
  /** Names by which browsers may reach it besides loopback names and addresses. */
  readonly hosts?: readonly string[] | undefined;
  /** Told of errors that are ours. @returns what the request is told, where that is known */
  readonly onError: (error: unknown) => TwilioError | undefined;
}

/** The HTTP server: turns wire requests into kernel requests and answers into JSON. */
export function createServer(options: ServerOptions): FastifyInstance {
  const {
    kernel,
    onExchange,
    fault,
    faults,
    log,
    onError,
    route = (incoming) => kernel.route(incoming),
  } = options;
  const app = fastify({
    logger: false,
    bodyLimit,
    forceCloseConnections: true,
    // No route has a schema, so that what compiles them is never loaded: a seventh of what a start loads.
    schemaController: {
      compilersFactory: { buildValidator: withoutSchemas, buildSerializer: withoutSchemas },
    },
    // Paths are matched by the kernel; the framework must not refuse one before.
    frameworkErrors: (_error, request, reply) => void respond(request, reply),
    clientErrorHandler(error, socket) {
      const status = (error as { code?: string }).code === "HPE_HEADER_OVERFLOW" ? 431 : 400;
      const body = JSON.stringify(new TwilioError(status, 20001, `Malformed HTTP request: ${error.message}`));
      if (socket.writable) {
        socket.end(
          `HTTP/1.1 ${status} Bad Request\r\nContent-Type: application/json\r\nConnection: close\r\n` +
            `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
        );
      }
    },
  });
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("*", { parseAs: "string" }, (_request, body, done) => done(null, body));
  app.addHook("onRequest", (request, reply, done) => {
    const refusal = isOwn(request.raw.url ?? "") ? refusalOf(request.headers, options.hosts) : undefined;
    if (refusal === undefined) done();
    else void send(reply, failure(refusal, onError));
  });
  addOwnEndpoints(app, options.endpoints, (reply, error) => send(reply, failure(error, onError)));
  options.extend?.(app);
  app.setNotFoundHandler(respond);
  app.setErrorHandler((error: { statusCode?: number; message: string }, _request, reply) => {
    const status = error.statusCode ?? 500;
    return send(reply, failure(status >= 500 ? error : frameworkError(status, error.message), onError));
  });

  function respond(request: FastifyRequest, reply: FastifyReply): FastifyReply | Promise<FastifyReply> {
    const asked = toIncoming(request);
    let incoming = asked;
    if (isOwn(asked.target)) {
      const forwarded = options.forward?.(asked, request.headers);
      if (forwarded === undefined) return send(reply, failure(unknownEndpoint(asked), onError));
      incoming = forwarded;
    }
    const planned = fault?.(incoming);
    if (planned !== undefined) return answer(incoming, reply, planned);
    const { latency, fault: set, done } = faults.plan(incoming);
    if (latency === 0) {
      done();
      return answer(incoming, reply, set);
    }
    return setTimeout(latency).then(() => {
      done();
      return answer(incoming, reply, set);
    });
  }

  function answer(incoming: Incoming, reply: FastifyReply, planned: Fault | undefined): FastifyReply {
    const routed = route(incoming);
    if (planned !== undefined && "drop" in planned && planned.drop === "before") {
      note(incoming, routed, notHandled, "");
      return drop(reply);
    }
    const result = planned !== undefined && "status" in planned ? faultReply(planned) : run(routed, onError);
    const answered = textOf(result);
    note(incoming, routed, result.status, answered);
    tell(incoming, routed, result);
    if (planned !== undefined && "drop" in planned) return drop(reply);
    return send(reply, result, incoming.isFromPage === true ? textOf(result, withheld) : answered);
  }

  function note(incoming: Incoming, { operation }: Routed, status: number, answered: string): void {
    const { method, host, target, contentType, body, isFromPage } = incoming;
    const by = isFromPage === true ? { by: "page" as const } : {};
    const time = new Date().toISOString();
    log.add(
      { time, method, host, ...split(target), operation: operation ?? null, status, ...by },
      { contentType, request: body, answer: answered },
    );
  }

  function tell(incoming: Incoming, { operation, template }: Routed, reply: Reply): void {
    if (onExchange === undefined) return;
    const { method, host } = incoming;
    onExchange({
      method,
      host,
      ...split(incoming.target),
      contentType: incoming.contentType,
      requestBody: incoming.body,
      status: reply.status,
      responseBody:
        reply.body === undefined ? undefined : (JSON.parse(JSON.stringify(reply.body)) as unknown),
      operation,
      template,
    });
  }

  return app;
}

/** Starts to listen. @returns the port @throws Error saying what to do when the address is taken */
export async function listen(app: FastifyInstance, host: string, port: number): Promise<number> {
  try {
    await app.listen({ host, port });
  } catch (error) {
    const { code, message } = error as { code?: string; message: string };
    if (code === "EADDRINUSE") {
      throw new Error(
        `Port ${port} of ${host} is in use, perhaps by another local Twilio. Stop that one or choose another port.`,
      );
    }
    const why = code === "EACCES" && port < 1024 ? "only root may take ports below 1024 here" : message;
    throw new Error(`Can't listen on ${host}:${port}: ${why}. Choose another host or port.`);
  }
  return (app.server.address() as AddressInfo).port;
}

function split(target: string): { path: string; query: string } {
  const [path = "", query = ""] = target.split(/\?(.*)/s);
  return { path, query };
}

/** Whether a path leads to what Twilio has not. */
function isOwn(target: string): boolean {
  return target.startsWith("/_emulator") && /^\/_emulator(?:[/?]|$)/.test(target);
}

function toIncoming(request: FastifyRequest): Incoming {
  const { method = "GET", url = "/", headers } = request.raw;
  return {
    method,
    host: headers.host ?? "",
    target: url,
    authorization: headers.authorization,
    ifMatch: headers["if-match"],
    contentType: headers["content-type"],
    webhookEnabled: String(headers["x-twilio-webhook-enabled"] ?? "").toLowerCase(),
    body: typeof request.body === "string" ? request.body : "",
  };
}

function run(routed: Routed, onError: ServerOptions["onError"]): Reply {
  try {
    return routed.answer();
  } catch (error) {
    return failure(error, onError);
  }
}

function failure(error: unknown, onError: ServerOptions["onError"]): Reply {
  if (error instanceof TwilioError) {
    const reply = { status: error.status, body: error.toJSON() };
    return error.status === 401
      ? { ...reply, headers: { "www-authenticate": 'Basic realm="Twilio API"' } }
      : reply;
  }
  const known =
    onError(error) ?? new TwilioError(500, 20500, "Internal error of the local Twilio; its log says more");
  return { status: known.status, body: known.toJSON() };
}

function frameworkError(status: number, message: string): TwilioError {
  if (status === 413)
    return new TwilioError(413, 20413, `The request body is larger than ${bodyLimit} bytes`);
  if (status === 415) return new TwilioError(415, 20415, "Unsupported content type; it can't be read as one");
  return new TwilioError(status, 20001, message);
}

function unknownEndpoint({ method, target }: Incoming): TwilioError {
  const shown = `${method} ${target.slice(0, 100)}`;
  return new TwilioError(
    404,
    20404,
    `The local Twilio has no endpoint ${shown}; GET /_emulator/health is one, emulator/README.md tells the others`,
  );
}

function faultReply({ status, code, message, retryAfter }: Extract<Fault, { status: number }>): Reply {
  const body = new TwilioError(status, code, message).toJSON();
  return { status, body, headers: retryAfter === undefined ? {} : { "retry-after": String(retryAfter) } };
}

/** What no browser gets to see, though the account's programs do. */
function withheld(name: string, value: unknown): unknown {
  return name === "auth_token" || name === "secret" ? null : value;
}

/** The body as it is sent; empty where there is none. */
function textOf({ body }: Reply, replacer?: (name: string, value: unknown) => unknown): string {
  return body === undefined ? "" : JSON.stringify(body, replacer);
}

function send(reply: FastifyReply, answer: Reply, text = textOf(answer)): FastifyReply {
  const { status, headers } = answer;
  reply.code(status).header("twilio-request-id", randomSid("RQ"));
  if (headers !== undefined) reply.headers(headers);
  return text === "" ? reply.send() : reply.type("application/json").send(text);
}

function drop(reply: FastifyReply): FastifyReply {
  reply.hijack();
  reply.raw.destroy();
  return reply;
}

function withoutSchemas(): never {
  throw new Error("Routes of the local Twilio have no schemas");
}
