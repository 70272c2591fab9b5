import type { Context } from "../kernel/context.ts";
import type { Document } from "../kernel/document.ts";
import { channel } from "../products/chat/kinds.ts";
import { message } from "../products/api/kinds.ts";
import { type JournalEntry, journalEntry, type Journey, journeyOf, type Stage } from "./shared/journal.ts";

/** How many of the newest entries are looked at, whatever there is. */
const looked = 2_000;

/** How many entries a whole journey has at most: the newest. */
const told = 500;

/** What came in, and what became of it, in a line. */
export interface JourneySummary {
  /** Of the conversation, else of the message that got into none. */
  readonly sid: string;
  /** ISO 8601: of the first and the last entry that was looked at. */
  readonly began: string;
  readonly last: string;
  /** The last entry. */
  readonly text: string;
  readonly stage: Stage;
  /** The stages that it came through. */
  readonly stages: readonly Stage[];
  /** How many entries tell of an error, but for webhooks that are only told. */
  readonly errors: number;
  /** The last text of a customer: whose, to which number, and its first words. */
  readonly from: string | null;
  readonly to: string | null;
  readonly words: string | null;
  /** The conversation's name, where it has one. */
  readonly name: string | null;
}

/** The journeys of which the newest entries tell, the newest first. */
export function recentJourneys(context: Context, limit: number): JourneySummary[] {
  const entries: Document<JournalEntry>[] = [];
  const newest = context.of(journalEntry).scan({ parent: context.accountSid, descending: true });
  for (const entry of newest) {
    if (entries.length >= looked) break;
    entries.push(entry);
  }
  const leads = new Map<string, string>();
  for (const { fields } of entries)
    if (fields.leads_to !== null) leads.set(fields.conversation, fields.leads_to);
  const groups = new Map<string, Document<JournalEntry>[]>();
  for (const entry of entries) {
    const { conversation } = entry.fields;
    const sid = leads.get(conversation) ?? conversation;
    const group = groups.get(sid);
    if (group === undefined) groups.set(sid, [entry]);
    else group.push(entry);
  }
  return [...groups].slice(0, limit).map(([sid, group]) => summaryOf(context, sid, group));
}

/** @param entries newest first */
function summaryOf(
  context: Context,
  sid: string,
  entries: readonly Document<JournalEntry>[],
): JourneySummary {
  const last = entries.find(({ fields }) => fields.stage !== "webhook") ?? entries[0];
  const first = entries.at(-1);
  const received = entries.find(({ fields }) => fields.stage === "number" && fields.sid !== null)?.fields.sid;
  const text = typeof received === "string" ? context.of(message).get(received)?.fields : undefined;
  const name = context.of(channel).get(sid)?.fields.friendly_name;
  return {
    sid,
    began: new Date(first?.created ?? 0).toISOString(),
    last: new Date(entries[0]?.created ?? 0).toISOString(),
    text: last?.fields.text ?? "",
    stage: last?.fields.stage ?? "number",
    stages: [...new Set(entries.map(({ fields }) => fields.stage))],
    errors: entries.filter(({ fields }) => fields.code !== null && fields.stage !== "webhook").length,
    from: text?.from ?? null,
    to: text?.to ?? null,
    words: text?.body.slice(0, 80) ?? null,
    name: typeof name === "string" && name !== "" ? name : null,
  };
}

/** The journey of a message or conversation, from how each of the conversation's messages came in. */
export function wholeJourney(context: Context, sid: string): Journey {
  const { conversation, entries } = journeyOf(context, sid);
  const place = conversation ?? sid;
  const journal = context.of(journalEntry);
  const leading = { field: "leads_to", value: place } as const;
  const messages = new Set<string>();
  for (const { fields } of journal.scan({ parent: context.accountSid, descending: true, where: leading })) {
    if (messages.size >= told) break;
    messages.add(fields.conversation);
  }
  messages.delete(sid);
  const earlier = [...messages].flatMap((message) =>
    journal.all(context.accountSid, { field: "conversation", value: message }),
  );
  const all = [...entries, ...earlier].sort((a, b) => a.seq - b.seq);
  return { conversation: conversation ?? (messages.size > 0 ? sid : null), entries: all.slice(-told) };
}
