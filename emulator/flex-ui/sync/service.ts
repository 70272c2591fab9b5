import * as z from "zod";
import { isoDate } from "../../kernel/date.ts";
import { invalid, notFound } from "../../kernel/errors.ts";
import { parseJson } from "../../kernel/parameter.ts";
import type { Reply } from "../../kernel/request.ts";
import type { Connection, Tunnelled } from "../twilsock/connection.ts";
import type { Hub } from "./hub.ts";
import type { SyncItems, SyncObject } from "./objects.ts";

/** Lists that clients make for themselves. */
export interface ClientLists {
  /** Undefined where it is about none of these. @throws TwilioError */
  answer(request: Tunnelled, connection: Connection): Reply | undefined;
  /** @returns the number of the last event; undefined where it is none of these */
  subscribe(sid: string, connection: Connection): number | undefined;
}

/** The host of Sync for clients. */
export const syncHost = /^cds\.[\w-]+\.twilio\.com$/;

const root = /^\/v\d+\/(?:Services\/[\w-]+\/)?(Documents|Maps|Lists|Subscriptions)(?:\/([^/]+))?(\/Items)?$/;

/** Milliseconds within which a client may count on being told that it is subscribed. */
const delivery = 5000;

const subscriptions = z.looseObject({
  action: z.enum(["establish", "cancel"]),
  correlation_id: z.number(),
  requests: z.array(
    z.looseObject({ object_sid: z.string(), object_type: z.string(), last_event_id: z.number().nullish() }),
  ),
});

/** Answers what Twilio's clients of conversations ask of Sync: to read and to be told, never to write. @throws TwilioError */
export function answerSync(request: Tunnelled, connection: Connection, hub: Hub, lists: ClientLists): Reply {
  const ofSession = lists.answer(request, connection);
  if (ofSession !== undefined) return ofSession;
  const [, kind, reference = "", items] = root.exec(request.path) ?? [];
  if (kind === "Subscriptions" && request.method === "POST")
    return subscribe(request, connection, hub, lists);
  if (kind === undefined || kind === "Subscriptions" || request.method !== "GET" || reference === "")
    throw notFound(request.path);
  const looked = hub.look(connection.agent, decodeURIComponent(reference));
  const { object, sid, eventId } = looked;
  const page = (): object => itemsPage(object as SyncItems, eventId, request.query);
  if (items !== undefined) {
    if (object.type === "document") throw notFound(request.path);
    return { status: 200, body: page() };
  }
  return {
    status: 200,
    body: {
      ...describe(object, sid, eventId, kind),
      ...(request.query.get("Include") === "items" && object.type !== "document" ? page() : {}),
    },
  };
}

function describe(object: SyncObject, sid: string, eventId: number, kind: string): object {
  const url = `https://cds.us1.twilio.com/v4/Services/default/${kind}/${sid}`;
  return {
    sid,
    unique_name: object.name,
    revision: String(eventId),
    last_event_id: eventId,
    date_updated: isoDate(Date.now()),
    date_expires: null,
    url,
    links: { items: `${url}/Items` },
    ...(object.type === "document" ? { data: object.data } : {}),
  };
}

/** A page of items in the order of their keys; its token is the key to begin after. */
function itemsPage({ type, items }: SyncItems, eventId: number, query: URLSearchParams): object {
  const size = Math.min(Number(query.get("PageSize") ?? 50) || 50, 100);
  const isDescending = query.get("Order") === "desc";
  const order = (a: string, b: string): number =>
    (type === "list" ? Number(a) - Number(b) : a < b ? -1 : 1) * (isDescending ? -1 : 1);
  const keys = [...items.keys()].sort(order);
  const [one, token, from] = [
    query.get(type === "list" ? "Index" : "Key"),
    query.get("PageToken"),
    query.get("From"),
  ];
  const begun = token ?? from;
  const first =
    begun === null
      ? 0
      : keys.findIndex((key) => (token === null ? order(key, begun) >= 0 : order(key, begun) > 0));
  const rest = one !== null ? keys.filter((key) => key === one) : first < 0 ? [] : keys.slice(first);
  const shown = rest.slice(0, size);
  return {
    items: shown.map((key) => ({
      ...(type === "list" ? { index: Number(key) } : { key }),
      data: items.get(key),
      revision: "1",
      last_event_id: eventId,
      url: "",
      date_updated: isoDate(Date.now()),
      date_expires: null,
    })),
    meta: { previous_token: null, next_token: rest.length > size ? (shown.at(-1) ?? null) : null },
  };
}

function subscribe({ body }: Tunnelled, connection: Connection, hub: Hub, lists: ClientLists): Reply {
  const { success, data } = subscriptions.safeParse(parseJson(body, "The body"));
  if (!success) throw invalid("Send {action, correlation_id, requests: [{object_sid, object_type}]}");
  const { action, correlation_id, requests } = data;
  const tell = (event_type: string, event: object): void =>
    connection.notify("twilio.sync.event", { event_type, correlation_id, event_protocol_version: 4, event });
  // The client expects the answer first, and each object's word by itself.
  setImmediate(() => {
    for (const { object_sid, object_type, last_event_id } of requests) {
      const named = { object_sid, object_type };
      if (action === "cancel") {
        hub.unsubscribe(connection, object_sid);
        tell("subscription_canceled", named);
        continue;
      }
      try {
        const last =
          lists.subscribe(object_sid, connection) ??
          hub.subscribe(connection, object_sid, last_event_id ?? 0);
        tell("subscription_established", { ...named, replay_status: "completed", last_event_id: last });
      } catch {
        const error = { status: 404, code: 54100, message: "The object does not exist" };
        tell("subscription_failed", { ...named, error });
      }
    }
  });
  return { status: 200, body: { max_batch_size: 100, estimated_delivery_in_ms: delivery } };
}
