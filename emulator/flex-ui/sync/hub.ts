import { isDeepStrictEqual } from "node:util";
import type { Change, Context } from "../../kernel/context.ts";
import { binding, conversation, receipt } from "../../products/conversations/kinds.ts";
import { channel, member, message, user, userChannel } from "../../products/chat/kinds.ts";
import { notFound } from "../../kernel/errors.ts";
import { isoDate } from "../../kernel/date.ts";
import type { Agent } from "../agents/agent.ts";
import type { Api } from "../agents/api.ts";
import { nameOf, type SyncObject, syncObject, syncSid } from "./objects.ts";

/** Who hears of changes: a connection of an agent. */
export interface Listener {
  readonly agent: Agent;
  notify(type: string, payload: object): void;
}

/** An object that an agent looks at, as it was told of last. */
interface Watched {
  object: SyncObject;
  /** Of the last change. */
  eventId: number;
  readonly listeners: Set<Listener>;
}

/** What Sync calls its notifications. */
const notificationType = "twilio.sync.event";

/** The kinds that objects show. */
const shown: ReadonlySet<string> = new Set(
  [channel, member, message, user, userChannel, binding, conversation, receipt].map(({ kind }) => kind),
);

/**
 * Tells clients of Sync what has become of what they look at. Objects are not stored: after each transaction that may
 * have changed one that somebody subscribed to, it is read anew, and what differs is told.
 */
export class Hub {
  readonly #api: Api;
  /** By identity and SID of the object: not everybody sees the same. */
  readonly #watched = new Map<string, Watched>();
  #lastEventId = 0;

  constructor(api: Api) {
    this.#api = api;
  }

  /** The object of a SID or name, with the number of the last change. @throws TwilioError 404 */
  look(agent: Agent, reference: string): { object: SyncObject; sid: string; eventId: number } {
    const known = this.#watched.get(keyOf(agent, reference));
    const object = this.#api.read(agent, (context) =>
      syncObject(context, agent, known?.object.name ?? nameOf(context, agent, reference) ?? reference),
    );
    if (object === undefined) throw notFound(`/${reference.slice(0, 64)}`);
    const sid = syncSid(object);
    return { object, sid, eventId: this.#watch(agent, sid, object).eventId };
  }

  /** Tells a listener what it may have missed of an object, and of its changes from now on. */
  subscribe(listener: Listener, sid: string, lastEventId: number): number {
    const { agent } = listener;
    this.look(agent, sid);
    const watched = this.#watched.get(keyOf(agent, sid));
    if (watched === undefined) throw notFound(`/${sid.slice(0, 64)}`);
    this.#refresh(agent.accountSid);
    watched.listeners.add(listener);
    if (lastEventId < watched.eventId)
      for (const [type, event] of differences(undefined, watched.object))
        this.#tell(watched, [listener], type, event);
    return watched.eventId;
  }

  unsubscribe(listener: Listener, sid: string): void {
    this.#watched.get(keyOf(listener.agent, sid))?.listeners.delete(listener);
  }

  /** Forgets a listener, and when it was the agent's last one, what the agent looked at. */
  forget(listener: Listener, isLast: boolean): void {
    const own = keyOf(listener.agent, "").slice(0, -3);
    for (const [key, watched] of this.#watched) {
      watched.listeners.delete(listener);
      if (isLast && key.startsWith(own)) this.#watched.delete(key);
    }
  }

  /** Sees every write. */
  onChange({ kind }: Change, context: Context): void {
    if (!shown.has(kind) || this.#watched.size === 0) return;
    const { accountSid } = context;
    context.beforeCommit("tell clients of Sync", () => context.afterCommit(() => this.#refresh(accountSid)));
  }

  #refresh(accountSid: string): void {
    for (const [key, watched] of this.#watched) {
      const [listener] = watched.listeners;
      if (listener === undefined || listener.agent.accountSid !== accountSid) continue;
      const { agent } = listener;
      const now = this.#api.read(agent, (context) => syncObject(context, agent, watched.object.name));
      if (now === undefined) {
        this.#watched.delete(key);
        watched.eventId = this.#nextEventId();
        this.#tell(watched, watched.listeners, `${watched.object.type}_removed`, {});
        continue;
      }
      const before = watched.object;
      watched.object = now;
      for (const [type, event] of differences(before, now)) {
        watched.eventId = this.#nextEventId();
        this.#tell(watched, watched.listeners, type, event);
      }
    }
  }

  #watch(agent: Agent, sid: string, object: SyncObject): Watched {
    const key = keyOf(agent, sid);
    const known = this.#watched.get(key);
    if (known !== undefined) {
      // What changed while nobody listened has a number, too.
      if (known.listeners.size === 0 && !isDeepStrictEqual(known.object, object)) {
        known.object = object;
        known.eventId = this.#nextEventId();
      }
      return known;
    }
    const watched = { object, eventId: this.#nextEventId(), listeners: new Set<Listener>() };
    this.#watched.set(key, watched);
    return watched;
  }

  /** Numbers grow from one local Twilio to the next: clients keep the last one they saw. */
  #nextEventId(): number {
    this.#lastEventId = Math.max(this.#lastEventId + 1, Date.now());
    return this.#lastEventId;
  }

  #tell(watched: Watched, listeners: Iterable<Listener>, type: string, event: object): void {
    const { object, eventId } = watched;
    const sid = syncSid(object);
    const payload = {
      event_type: type,
      event_protocol_version: 4,
      strictly_ordered: true,
      event: {
        ...event,
        id: eventId,
        [`${object.type}_sid`]: sid,
        [`${object.type}_revision`]: String(eventId),
        date_created: isoDate(Date.now()),
      },
    };
    for (const listener of listeners) listener.notify(notificationType, payload);
  }
}

function keyOf({ accountSid, identity }: Agent, sid: string): string {
  return JSON.stringify([accountSid, identity, sid]);
}

/** What a client is told so that it knows the second as it knows the first; undefined: it may know anything. */
function* differences(
  before: SyncObject | undefined,
  now: SyncObject,
): Generator<[type: string, event: object]> {
  if (now.type === "document") {
    if (before === undefined || (before.type === "document" && !isDeepStrictEqual(before.data, now.data)))
      yield ["document_updated", { document_data: now.data }];
    return;
  }
  const known = before === undefined || before.type === "document" ? new Map<string, object>() : before.items;
  const named = (key: string): object =>
    now.type === "map" ? { item_key: key } : { item_index: Number(key) };
  for (const [key, item] of now.items) {
    const previous = known.get(key);
    if (previous !== undefined && isDeepStrictEqual(previous, item)) continue;
    const type = `${now.type}_item_${previous === undefined ? "added" : "updated"}`;
    yield [type, { ...named(key), item_data: item, item_url: "", item_revision: "1" }];
  }
  for (const [key, item] of known)
    if (!now.items.has(key)) yield [`${now.type}_item_removed`, { ...named(key), item_data: item }];
}
