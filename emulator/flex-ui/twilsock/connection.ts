import { randomUUID } from "node:crypto";
import { STATUS_CODES } from "node:http";
import type { WebSocket } from "ws";
import { TwilioError } from "../../kernel/errors.ts";
import type { Reply } from "../../kernel/request.ts";
import type { Agent, Agents } from "../agents/agent.ts";
import { type Frame, type FrameHeader, readFrame, writeFrame } from "./frame.ts";

/** A request that came through the connection. */
export interface Tunnelled {
  readonly method: string;
  /** `aim.us1.twilio.com` */
  readonly host: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: string;
}

/** What a connection asks of those behind it. */
export interface Behind {
  readonly agents: Agents;
  /** @throws TwilioError */
  answer(request: Tunnelled, connection: Connection): Reply;
  /** Told of errors that are ours. @returns what the request is told, where that is known */
  onError(error: unknown): TwilioError | undefined;
}

const ok = { code: 200, status: "OK" };

/** A client of Twilsock: requests come in through it, notifications go out. Nobody is let in without a good token. */
export class Connection {
  readonly #socket: WebSocket;
  readonly #behind: Behind;
  #agent: Agent | undefined;
  #token = "";

  constructor(socket: WebSocket, behind: Behind) {
    this.#socket = socket;
    this.#behind = behind;
    socket.on("message", (data) => this.#take(data as Buffer));
    socket.on("error", () => socket.terminate());
  }

  /** @throws TwilioError 401 before there is one */
  get agent(): Agent {
    if (this.#agent === undefined) throw new TwilioError(401, 20003, "Unauthorized: send init with a token");
    return this.#agent;
  }

  /** The agent's token that is good now. */
  get token(): string {
    return this.#token;
  }

  /** Undefined before there is one. */
  get identity(): string | undefined {
    return this.#agent?.identity;
  }

  notify(type: string, payload: object): void {
    if (this.#socket.readyState !== this.#socket.OPEN) return;
    const header = { method: "notification", id: `TM${randomUUID()}`, message_type: type };
    this.#socket.send(writeFrame(header, payload));
  }

  onClose(action: () => void): void {
    this.#socket.on("close", action);
  }

  #take(data: Buffer): void {
    const frame = readFrame(data);
    if (frame === undefined) {
      const status = { code: 406, status: "NOT_ACCEPTABLE" };
      this.#socket.send(writeFrame({ method: "close", id: `TM${randomUUID()}`, status }));
      this.#socket.close();
      return;
    }
    try {
      this.#follow(frame);
    } catch (error) {
      this.#refuse(frame.header, error);
    }
  }

  #follow(frame: Frame): void {
    const { header } = frame;
    switch (header.method) {
      case "init":
      case "update":
        this.#agent = this.#behind.agents.of(String(header["token"]));
        this.#token = String(header["token"]);
        this.#greet(header);
        return;
      case "message":
        this.#pass(frame);
        return;
      case "close":
        this.#socket.close();
        return;
      // Telemetry is thrown away; of which notifications are wanted nothing depends: there is one kind.
      case "telemetry.v1":
      case "put_notification_ctx":
      case "delete_notification_ctx":
        this.#reply(header, {});
        return;
      default:
      // `reply`: a notification arrived.
    }
  }

  #pass({ header, payload }: Frame): void {
    const request = header["http_request"] as Record<string, unknown> | undefined;
    if (typeof request?.["host"] !== "string" || typeof request["path"] !== "string")
      throw new TwilioError(400, 20001, "A message needs an http_request with host and path");
    const { status, body } = this.#answer({
      method: String(request["method"] ?? "GET").toUpperCase(),
      host: request["host"],
      path: request["path"],
      query: queryOf(request["params"]),
      body: payload,
    });
    const http_status = { code: status, status: textOf(status) };
    this.#reply(header, body ?? {}, { http_status, http_headers: {} });
  }

  #answer(request: Tunnelled): Reply {
    try {
      return this.#behind.answer(request, this);
    } catch (error) {
      const known =
        error instanceof TwilioError
          ? error
          : (this.#behind.onError(error) ??
            new TwilioError(500, 20500, "Internal error of the local Twilio; its log says more"));
      return { status: known.status, body: known.toJSON() };
    }
  }

  #refuse(header: FrameHeader, error: unknown): void {
    const known = error instanceof TwilioError ? error : this.#behind.onError(error);
    const {
      status: code = 500,
      code: errorCode = 20500,
      message: description = "Internal error",
    } = known ?? {};
    const status = { code, status: textOf(code), errorCode, description };
    this.#socket.send(writeFrame({ method: "reply", id: header.id, status }, {}));
  }

  /** Versions of the client look for it in the header or in the payload. */
  #greet(header: FrameHeader): void {
    const greeting = header.method === "init" ? greetingOf(header) : {};
    this.#reply(header, greeting, greeting);
  }

  #reply(header: FrameHeader, payload: object, more: object = {}): void {
    this.#socket.send(writeFrame({ method: "reply", id: header.id, status: ok, ...more }, payload));
  }
}

/** What a client gets for its `init`. It keeps nothing from one connection to the next, so no continuation is confirmed. */
function greetingOf({ continuation_token: given, registrations }: FrameHeader): object {
  const storage = { storage_id: randomUUID() };
  return {
    continuation_token: typeof given === "string" ? given : randomUUID(),
    continuation_token_status: { reissued: typeof given !== "string", reissue_message: "" },
    capabilities: ["client_update", "offline_storage"],
    confirmed_capabilities: ["client_update", "offline_storage"],
    offline_storage: { ip_messaging: storage, data_sync: storage, "flex-sdk": storage },
    init_registrations: Array.isArray(registrations) ? registrations : [],
  };
}

function queryOf(params: unknown): URLSearchParams {
  const query = new URLSearchParams();
  for (const [name, values] of Object.entries((params ?? {}) as Record<string, unknown>))
    for (const value of [values].flat()) query.append(decode(name), decode(String(value)));
  return query;
}

/** Clients leave in `params` the escapes that the address had. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll("+", " "));
  } catch {
    return text;
  }
}

const textOf = (status: number): string =>
  (STATUS_CODES[status] ?? "Error").toUpperCase().replaceAll(" ", "_");
