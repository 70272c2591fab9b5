import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { WebSocket } from "ws";
import type { Emulator } from "../../emulator/index.ts";

// What Twilio's clients of browsers put on the wire, as far as tests of the local Twilio need them; written from those
// packages' own source. The real packages are tried in a browser, by tests/desktop.

/** What came over a socket, in order, to be waited for. */
class Inbox<T> {
  readonly #items: T[] = [];
  #wake: () => void = () => {};

  put(item: T): void {
    this.#items.push(item);
    this.#wake();
  }

  get all(): readonly T[] {
    return this.#items;
  }

  /** The first that is as wanted, which is taken out. */
  async take(wanted: (item: T) => boolean): Promise<T> {
    for (;;) {
      const index = this.#items.findIndex(wanted);
      const [found] = index < 0 ? [] : this.#items.splice(index, 1);
      if (found !== undefined) return found;
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }
}

async function open(emulator: Emulator, host: string, path: string): Promise<WebSocket> {
  const socket = new WebSocket(`ws://127.0.0.1:${emulator.port}${path}`, { headers: { host } });
  await once(socket, "open");
  return socket;
}

/** The status that a socket is refused with. */
export async function refusal(emulator: Emulator, host: string, path: string): Promise<number | undefined> {
  const socket = new WebSocket(`ws://127.0.0.1:${emulator.port}${path}`, { headers: { host } });
  const [, response] = (await once(socket, "unexpected-response")) as [unknown, { statusCode?: number }];
  return response.statusCode;
}

export interface BridgeEvent {
  readonly event_type: string;
  readonly payload: Readonly<Record<string, unknown>>;
}

/** A client of the event bridge, as twilio-taskrouter. */
export class BridgeClient {
  readonly #socket: WebSocket;
  readonly #inbox = new Inbox<BridgeEvent>();

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on("message", (data: Buffer) => {
      if (data.toString().trim() !== "") this.#inbox.put(JSON.parse(data.toString()) as BridgeEvent);
    });
  }

  static async open(emulator: Emulator, token: string, more = ""): Promise<BridgeClient> {
    const path = `/v1/wschannels?token=${token}&clientVersion=2.1.1${more}`;
    const socket = new WebSocket(`ws://127.0.0.1:${emulator.port}${path}`, {
      headers: { host: "event-bridge.twilio.com" },
    });
    const client = new BridgeClient(socket);
    await once(socket, "open");
    return client;
  }

  event(type: string): Promise<BridgeEvent> {
    return this.#inbox.take(({ event_type }) => event_type === type);
  }

  /** Types of what was not taken. */
  get rest(): string[] {
    return this.#inbox.all.map(({ event_type }) => event_type);
  }

  async closed(): Promise<void> {
    if (this.#socket.readyState !== this.#socket.CLOSED) await once(this.#socket, "close");
  }

  close(): void {
    this.#socket.close();
  }
}

interface Frame {
  readonly header: Readonly<Record<string, unknown>>;
  readonly payload: Readonly<Record<string, unknown>>;
}

/** A client of Twilsock, and of Sync through it. */
export class TwilsockClient {
  readonly #socket: WebSocket;
  readonly #inbox = new Inbox<Frame>();
  #correlation = 0;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on("message", (data: Buffer) => this.#inbox.put(parse(data)));
  }

  static async open(emulator: Emulator): Promise<TwilsockClient> {
    return new TwilsockClient(await open(emulator, "tsock.us1.twilio.com", "/v3/wsconnect"));
  }

  /** Sends a message and waits for its reply. */
  async send(header: object, payload = ""): Promise<Frame> {
    const id = `TM${randomUUID()}`;
    const text = JSON.stringify({ ...header, id, payload_size: Buffer.byteLength(payload) });
    this.#socket.send(Buffer.from(`TWILSOCK V3.0 ${Buffer.byteLength(text)}\r\n${text}\r\n${payload}`));
    return this.#inbox.take(({ header }) => header["method"] === "reply" && header["id"] === id);
  }

  sendRaw(data: string): void {
    this.#socket.send(Buffer.from(data));
  }

  init(token: string): Promise<Frame> {
    return this.send({
      method: "init",
      token,
      continuation_token: null,
      registrations: [],
      capabilities: [],
    });
  }

  /** An HTTP request through it. */
  async request(
    method: string,
    url: string,
    body?: object,
  ): Promise<{ status: unknown; body: Readonly<Record<string, unknown>> }> {
    const { host, pathname, searchParams } = new URL(url);
    const http_request = {
      host,
      path: pathname,
      method,
      params: Object.fromEntries(searchParams),
      headers: {},
    };
    const payload = body === undefined ? "" : JSON.stringify(body);
    const message = {
      method: "message",
      active_grant: "ip_messaging",
      payload_type: "application/json",
      http_request,
    };
    const { header, payload: answer } = await this.send(message, payload);
    return { status: (header["http_status"] as { code?: number } | undefined)?.code, body: answer };
  }

  /** Subscribes to an object of Sync, and waits until it is told so. */
  async subscribe(object_sid: string, object_type: string, last_event_id: number): Promise<Frame> {
    const correlation_id = ++this.#correlation;
    await this.request("POST", "https://cds.us1.twilio.com/v4/Subscriptions", {
      action: "establish",
      correlation_id,
      requests: [{ object_sid, object_type, last_event_id }],
    });
    return this.#inbox.take(
      ({ header, payload }) =>
        header["method"] === "notification" &&
        payload["correlation_id"] === correlation_id &&
        String(payload["event_type"]).startsWith("subscription_"),
    );
  }

  /** The next event of a type. */
  async event(type: string): Promise<Readonly<Record<string, unknown>>> {
    const { payload } = await this.#inbox.take(({ payload }) => payload["event_type"] === type);
    return payload["event"] as Readonly<Record<string, unknown>>;
  }

  /** The message that ends it. */
  async ended(): Promise<unknown> {
    const { header } = await this.#inbox.take(({ header }) => header["method"] === "close");
    return header["status"];
  }

  close(): void {
    this.#socket.close();
  }
}

function parse(data: Buffer): Frame {
  const end = data.indexOf("\r\n");
  const size = Number(data.subarray(0, end).toString().split(" ")[2]);
  const header = JSON.parse(data.subarray(end + 2, end + 2 + size).toString()) as Frame["header"];
  const payload = data.subarray(end + 4 + size).toString();
  if (Buffer.byteLength(payload) !== header["payload_size"]) throw new Error("payload_size is wrong");
  return { header, payload: payload === "" ? {} : (JSON.parse(payload) as Frame["payload"]) };
}
