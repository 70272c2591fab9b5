import type { JourneyEntry } from "./journey.ts";
import { type TwilioHttp, TwilioRefusal } from "./twilio-http.ts";

/** An entry of a journey, and what was said in it. */
export interface ToldEntry extends JourneyEntry {
  /** The text of the message that it is about; null where it is about none, or the message is gone. */
  readonly body: string | null;
}

/** Adds to each entry about a message what it says. */
export async function withTexts(http: TwilioHttp, entries: readonly JourneyEntry[]): Promise<ToldEntry[]> {
  const read = new Map<string, Promise<string | null>>();
  const bodyOf = ({ sid, conversation }: JourneyEntry): Promise<string | null> => {
    const url = sid === null ? undefined : messageUrl(http, sid, conversation);
    if (url === undefined) return Promise.resolve(null);
    const known = read.get(url) ?? textAt(http, url);
    read.set(url, known);
    return known;
  };
  return Promise.all(entries.map(async (entry) => ({ ...entry, body: await bodyOf(entry) })));
}

/** Conversations knows the channels of Chat, and their messages, by the same SIDs. */
function messageUrl(http: TwilioHttp, sid: string, conversation: string): string | undefined {
  if (/^[SM]M/.test(sid))
    return `https://api.twilio.com/2010-04-01/Accounts/${http.account.accountSid}/Messages/${sid}.json`;
  if (!sid.startsWith("IM") || !conversation.startsWith("CH")) return undefined;
  return `https://conversations.twilio.com/v1/Conversations/${conversation}/Messages/${sid}`;
}

async function textAt(http: TwilioHttp, url: string): Promise<string | null> {
  try {
    return (await http.send<{ body: string | null }>({ method: "GET", url })).body;
  } catch (error) {
    // A channel goes with its messages, once its session is over.
    if (error instanceof TwilioRefusal && error.status === 404) return null;
    throw error;
  }
}
