import { type JourneyEntry, type ToldEntry, type TwilioHttp, withTexts } from "../simulate/index.ts";
import { eventStream } from "./event-stream.ts";

/** What happened in a conversation since it was last told. */
export interface News {
  /** SID of the conversation, or of a message that is in none. */
  readonly conversation: string;
  readonly entries: readonly ToldEntry[];
}

/**
 * Tells of what happens to messages on a local Twilio, and what they say, as it happens, until the signal ends it.
 *
 * @param http Of the local Twilio
 */
export async function* tail(http: TwilioHttp, signal: AbortSignal): AsyncGenerator<News> {
  const { url } = http.account;
  const told = new Map<string, number>();
  for await (const { event, data } of eventStream(`${url}/_emulator/events`, signal)) {
    if (event !== "changes") continue;
    for (const conversation of conversationsIn(data)) {
      const all = await entriesOf(url, conversation, signal);
      const entries = all.slice(told.get(conversation) ?? 0);
      if (entries.length > 0) yield { conversation, entries: await readable(http, entries) };
      told.set(conversation, all.length);
    }
  }
}

/** What was said is left out where it can't be read: a look must not end what tells of others. */
function readable(http: TwilioHttp, entries: readonly JourneyEntry[]): Promise<readonly ToldEntry[]> {
  return withTexts(http, entries).catch(() => entries.map((entry) => ({ ...entry, body: null })));
}

/** What is told of writes. */
interface Changes {
  readonly events?: readonly {
    readonly kind: string;
    readonly what: string;
    readonly of: readonly string[];
  }[];
}

/** Where something happened: what an entry of a journey names first. */
function conversationsIn(data: string): ReadonlySet<string> {
  const { events = [] } = JSON.parse(data) as Changes;
  const entries = events.filter(({ kind, what }) => kind === "journey.JournalEntry" && what === "created");
  return new Set(entries.flatMap(({ of: [conversation] }) => conversation ?? []));
}

/** What happened in a conversation itself, oldest first. */
async function entriesOf(url: string, sid: string, signal: AbortSignal): Promise<readonly JourneyEntry[]> {
  try {
    const answer = await fetch(`${url}/_emulator/journeys/${sid}?wait=false`, { signal });
    if (!answer.ok) return [];
    const { entries } = (await answer.json()) as { entries: readonly JourneyEntry[] };
    return entries.filter(({ conversation }) => conversation === sid);
  } catch {
    return [];
  }
}
