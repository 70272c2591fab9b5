import { setNow } from "./clock.ts";

/** Something that was written, as `GET /_emulator/events` tells it. */
export interface FeedEvent {
  /** E.g. `taskrouter.Task`; `emulator.Clock` and `emulator.Fault` are no resources. */
  readonly kind: string;
  /** Empty where so much was written that only the kinds are told. */
  readonly sid: string;
  readonly what: "created" | "updated" | "deleted";
  /** What encloses it, and what its fields name: SIDs. */
  readonly of: readonly string[];
  readonly time: string;
}

/** Whether what is shown follows what happens. */
export type Connection = "connecting" | "live" | "away";

/** What hears of events: undefined says that some were missed, so that everything is to be looked at anew. */
type Listener = (events: readonly FeedEvent[] | undefined) => void;

const listeners = new Set<Listener>();
const watchers = new Set<() => void>();
let connection: Connection = "connecting";
let lastId = "";
let source: EventSource | undefined;

/** Has somebody told of events. @returns how that ends */
export function listen(listener: Listener): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

/** Has somebody told when the connection comes or goes. @returns how that ends */
export function watchConnection(watcher: () => void): () => void {
  watchers.add(watcher);
  return () => void watchers.delete(watcher);
}

export function connectionNow(): Connection {
  return connection;
}

/** Connects, and again whenever the connection is lost: nothing that was written in between stays untold. */
export function connect(): void {
  source = new EventSource(`/_emulator/events${lastId === "" ? "" : `?since=${lastId}`}`);
  source.addEventListener("hello", (event) => {
    const { now, isComplete } = JSON.parse(event.data as string) as { now: string; isComplete: boolean };
    remember(event);
    setNow(now);
    setConnection("live");
    if (!isComplete) tell(undefined);
  });
  source.addEventListener("changes", (event) => {
    remember(event);
    const { now, events, many } = JSON.parse(event.data as string) as {
      now: string;
      events?: FeedEvent[];
      many?: string[];
    };
    setNow(now);
    tell(events ?? (many ?? []).map((kind) => ({ kind, sid: "", what: "updated", of: [], time: now })));
  });
  source.addEventListener("pulse", (event) => {
    setNow((JSON.parse(event.data as string) as { now: string }).now);
  });
  source.addEventListener("error", () => {
    setConnection("away");
    // The browser comes back by itself, unless it was answered with something else than a stream.
    if (source?.readyState === EventSource.CLOSED) setTimeout(connect, 1500);
  });
}

function remember({ lastEventId }: MessageEvent): void {
  if (lastEventId !== "") lastId = lastEventId;
}

function tell(events: readonly FeedEvent[] | undefined): void {
  for (const listener of [...listeners]) listener(events);
}

function setConnection(next: Connection): void {
  if (next === connection) return;
  connection = next;
  for (const watcher of [...watchers]) watcher();
}
