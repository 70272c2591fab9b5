import type { IncomingMessage, Server } from "node:http";
import type { Duplex } from "node:stream";
import { WebSocketServer } from "ws";
import type { Authenticate } from "../kernel/authentication.ts";
import { notFound, TwilioError } from "../kernel/errors.ts";
import type { Incoming, Kernel, Routed } from "../kernel/kernel.ts";
import type { Reply } from "../kernel/request.ts";
import { Agents } from "./agents/agent.ts";
import { Api } from "./agents/api.ts";
import { answerChatClient } from "./clients/chat.ts";
import { ChatSessions } from "./clients/chat-session.ts";
import { answerClient, clientHost } from "./clients/conversations.ts";
import { Bridge } from "./event-bridge/bridge.ts";
import { answerEnvelope } from "./event-bridge/envelope.ts";
import { type News, newsOf, settled } from "./event-bridge/news.ts";
import { answerFlex, answerTokenCheck, isTokenCheck } from "./login.ts";
import { Hub } from "./sync/hub.ts";
import { answerSync, syncHost } from "./sync/service.ts";
import { Connection, type Tunnelled } from "./twilsock/connection.ts";

const bridgeHost = /^event-bridge(\.[\w-]+)?\.twilio\.com$/;
const bridgePath = "/v1/wschannels";
const twilsockHost = /^tsock(\.[\w-]+)?\.twilio\.com$/;
const twilsockPath = "/v3/wsconnect";

/** The hosts that browsers talk to beside those of the API, for lists of what is answered. */
export const browserHosts = ["event-bridge.twilio.com", "flex.twilio.com"] as const;

export interface FlexUiOptions {
  readonly kernel: Kernel;
  readonly authenticate: Authenticate;
  readonly authToken: (accountSid: string) => string;
  /** Told of errors that are ours. @returns what the request is told, where that is known */
  readonly onError: (error: unknown) => TwilioError | undefined;
}

/** What Flex UI's own clients speak with Twilio: the event bridge, Twilsock, Sync, and the answers of a login. */
export class FlexUi {
  readonly #kernel: Kernel;
  readonly #agents: Agents;
  readonly #api: Api;
  readonly #bridge = new Bridge();
  readonly #hub: Hub;
  readonly #sessions: ChatSessions;
  readonly #onError: FlexUiOptions["onError"];
  readonly #connections = new Set<Connection>();
  readonly #sockets = new WebSocketServer({ noServer: true, maxPayload: 4 * 1024 * 1024 });

  constructor({ kernel, authenticate, authToken, onError }: FlexUiOptions) {
    this.#kernel = kernel;
    this.#agents = new Agents(kernel, authenticate);
    this.#api = new Api(kernel, authToken);
    this.#hub = new Hub(this.#api);
    this.#sessions = new ChatSessions(this.#api);
    this.#onError = onError;
    kernel.observe({
      onChange: (change, context) => {
        const news = this.#bridge.isListenedTo ? newsOf(change, context) : [];
        if (news.length > 0) context.afterCommit(() => this.#tell(context.accountSid, news));
        this.#hub.onChange(change, context);
      },
    });
  }

  /** Where a request leads that is for a browser's host; undefined: for none of these. */
  route(incoming: Incoming): Routed | undefined {
    const host = hostOf(incoming.host);
    const answer = bridgeHost.test(host)
      ? () => this.#answerBridge(incoming)
      : host === "flex.twilio.com"
        ? () => answerFlex(incoming)
        : host === "iam.twilio.com" && isTokenCheck(incoming)
          ? () => answerTokenCheck(incoming, this.#agents, this.#api)
          : undefined;
    const older = addAgentOfOldUi(incoming, host);
    if (older !== undefined) return this.#kernel.route(older);
    return answer && { product: undefined, template: undefined, operation: undefined, answer };
  }

  /** Takes on connections that become web sockets. */
  listen(server: Server): void {
    server.on("upgrade", (request: IncomingMessage, socket: Duplex, head: Buffer) => {
      const { host = "", url = "/" } = { host: hostOf(request.headers.host ?? ""), url: request.url };
      const { pathname, searchParams } = new URL(url, "http://localhost");
      const isBridge = bridgeHost.test(host) && pathname === bridgePath;
      const isTwilsock = twilsockHost.test(host) && pathname === twilsockPath;
      if (!isBridge && !isTwilsock) {
        socket.end("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        return;
      }
      try {
        const agent = isBridge ? this.#agents.of(searchParams.get("token") ?? "") : undefined;
        this.#sockets.handleUpgrade(request, socket, head, (opened) => {
          if (agent !== undefined)
            this.#bridge.connect(opened, agent, searchParams.get("closeExistingSessions") === "true");
          else this.#connect(new Connection(opened, this.#behind));
        });
      } catch (error) {
        const status = error instanceof TwilioError ? error.status : (this.#onError(error)?.status ?? 500);
        socket.end(`HTTP/1.1 ${status} Refused\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`);
      }
    });
  }

  close(): void {
    this.#bridge.close();
    for (const socket of this.#sockets.clients) socket.terminate();
    this.#sockets.close();
  }

  #tell(accountSid: string, news: readonly News[]): void {
    const now = this.#kernel.transaction(accountSid, (context) => news.map((each) => settled(each, context)));
    for (const each of now) this.#bridge.tell(each);
  }

  #answerBridge({ method, target, body }: Incoming): Reply {
    const [path = ""] = target.split("?", 1);
    if (method !== "POST" || path !== bridgePath) throw notFound(path);
    return answerEnvelope(body, this.#agents, this.#api);
  }

  #connect(connection: Connection): void {
    this.#connections.add(connection);
    connection.onClose(() => {
      this.#connections.delete(connection);
      const { identity } = connection;
      const isLast = ![...this.#connections].some((other) => other.identity === identity);
      if (identity !== undefined) this.#hub.forget(connection, isLast);
    });
  }

  get #behind() {
    return {
      agents: this.#agents,
      onError: this.#onError,
      answer: (request: Tunnelled, connection: Connection): Reply => {
        const { agent } = connection;
        if (syncHost.test(request.host)) return answerSync(request, connection, this.#hub, this.#sessions);
        if (clientHost.test(request.host) && request.path.startsWith("/Client/v1/"))
          return answerChatClient(request, agent, this.#api);
        if (clientHost.test(request.host)) return answerClient(request, agent, this.#api);
        // What Flex's SDK tells its maker is thrown away.
        if (request.method === "POST" && request.path.endsWith("/Telemetry/Events"))
          return { status: 200, body: {} };
        throw notFound(request.path);
      },
    };
  }
}

/**
 * What Flex UI before 1.10 or so sends to add an agent to a chat channel, as later ones send it: the API that it had then is
 * no more.
 */
function addAgentOfOldUi(incoming: Incoming, host: string): Incoming | undefined {
  if (host !== "preview.twilio.com" || incoming.target !== "/Flex/WebChannels/Users") return undefined;
  const form = new URLSearchParams(incoming.body);
  const target = `/v1/Channels/${form.get("ChatChannelSid") ?? ""}/Roles/agent/Users`;
  const body = new URLSearchParams({ Identity: form.get("Identity") ?? "" }).toString();
  return { ...incoming, host: "flex-api.twilio.com", target, body };
}

const hostOf = (host: string): string => host.replace(/:\d+$/, "").toLowerCase();
