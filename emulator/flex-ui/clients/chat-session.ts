import { randomUUID } from "node:crypto";
import { isoDate } from "../../kernel/date.ts";
import { invalid, TwilioError } from "../../kernel/errors.ts";
import { isJsonObject, type JsonObject } from "../../kernel/json.ts";
import { parseJson } from "../../kernel/parameter.ts";
import type { Reply } from "../../kernel/request.ts";
import type { Api } from "../agents/api.ts";
import type { ClientLists } from "../sync/service.ts";
import type { Connection, Tunnelled } from "../twilsock/connection.ts";
import { ChatCommands } from "./chat-commands.ts";
import { sessionContext } from "./chat.ts";

/** Whoever asks for a list of this purpose wants to talk to Chat. */
const purpose = "com.twilio.rtd.ipmsg";

const maxSessions = 100;

interface Session {
  /** By which its client is there now. */
  connection: Connection;
  readonly context: JsonObject;
  readonly identity: string;
  /** Commands that came in. */
  count: number;
}

/**
 * The sessions of Programmable Chat's clients: lists of Sync into which a client puts what it wants to have done, and in
 * which it finds what came of it.
 */
export class ChatSessions implements ClientLists {
  readonly #api: Api;
  readonly #commands: ChatCommands;
  readonly #sessions = new Map<string, Session>();
  #lastEventId = 0;

  constructor(api: Api) {
    this.#api = api;
    this.#commands = new ChatCommands(api);
  }

  /** Answers what is asked of Sync's lists, where it is about sessions. @throws TwilioError */
  answer(request: Tunnelled, connection: Connection): Reply | undefined {
    const [, sid = "", part] =
      /^\/v\d+\/Lists(?:\/(ES\w{32}))?(?:\/(Items|Context))?$/.exec(request.path) ?? [];
    if (request.method === "POST" && request.path.endsWith("/Lists")) return this.#open(request, connection);
    const session = this.#sessionOf(sid, connection);
    // By this code a client knows to begin a new one.
    if (session === undefined && part !== undefined && request.method === "POST")
      throw new TwilioError(404, 54150, `There is no list ${sid}`);
    if (session === undefined) return undefined;
    if (request.method === "POST" && part === "Items") return this.#take(sid, session, request);
    if (request.method === "GET" && part === "Context")
      return { status: 200, body: { data: session.context, last_event_id: this.#nextEventId() } };
    return undefined;
  }

  /** Tells a client that listens to its session what it may count on. @returns the number of the last event */
  subscribe(sid: string, connection: Connection): number | undefined {
    const session = this.#sessionOf(sid, connection);
    if (session === undefined) return undefined;
    this.#tell(sid, session, "list_context_updated", { context_data: session.context });
    return this.#lastEventId;
  }

  /** A session goes on over the next connection of its agent. */
  #sessionOf(sid: string, connection: Connection): Session | undefined {
    const session = this.#sessions.get(sid);
    if (session === undefined || session.identity !== connection.identity) return undefined;
    session.connection = connection;
    return session;
  }

  #open({ body }: Tunnelled, connection: Connection): Reply {
    const given = parseJson(body, "The body");
    if (!isJsonObject(given) || given["purpose"] !== purpose)
      throw invalid("The local Twilio has no lists of Sync but those of chat clients' sessions");
    const sid = `ES${randomUUID().replaceAll("-", "")}`;
    const own = isJsonObject(given["context"]) ? given["context"] : {};
    const { agent } = connection;
    const context = this.#api.read(agent, (stored) => ({ ...own, ...sessionContext(stored, agent) }));
    this.#sessions.set(sid, { connection, context, identity: agent.identity, count: 0 });
    // Nobody says when a session is over.
    const [oldest] = this.#sessions.keys();
    if (this.#sessions.size > maxSessions && oldest !== undefined) this.#sessions.delete(oldest);
    const eventId = this.#nextEventId();
    const url = `https://cds.us1.twilio.com/v3/Lists/${sid}`;
    const links = { items: `${url}/Items`, context: `${url}/Context` };
    return {
      status: 201,
      body: {
        sid,
        unique_name: null,
        revision: "0",
        last_event_id: eventId,
        date_updated: isoDate(Date.now()),
        url,
        links,
      },
    };
  }

  #take(sid: string, session: Session, { body }: Tunnelled): Reply {
    const given = parseJson(body, "The body");
    const command = isJsonObject(given) && isJsonObject(given["data"]) ? given["data"] : {};
    const asked = isJsonObject(command["request"]) ? command["request"] : {};
    const index = session.count++;
    const eventId = this.#nextEventId();
    // The client looks for the answer once it knows that the command arrived.
    setImmediate(() => {
      const response = this.#follow(session, asked);
      const item_data = { ...command, response };
      this.#tell(sid, session, "list_item_updated", {
        item_index: index,
        item_data,
        item_url: "",
        item_revision: "1",
      });
    });
    const item = {
      index,
      list_sid: sid,
      revision: "0",
      last_event_id: eventId,
      url: "",
      date_updated: isoDate(Date.now()),
    };
    return { status: 201, body: item };
  }

  #follow({ connection }: Session, asked: JsonObject): JsonObject {
    try {
      return { status: 200, statusText: "OK", ...this.#commands.follow(connection, asked) };
    } catch (error) {
      if (!(error instanceof TwilioError)) throw error;
      return { status: error.status, statusText: `${error.message} (${error.code})` };
    }
  }

  #tell(sid: string, { connection }: Session, event_type: string, event: object): void {
    const id = this.#nextEventId();
    connection.notify("twilio.sync.event", {
      event_type,
      event_protocol_version: 4,
      strictly_ordered: true,
      event: { ...event, id, list_sid: sid, list_revision: String(id), date_created: isoDate(Date.now()) },
    });
  }

  #nextEventId(): number {
    this.#lastEventId = Math.max(this.#lastEventId + 1, Date.now());
    return this.#lastEventId;
  }
}
