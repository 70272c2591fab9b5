import type { Context } from "../../kernel/context.ts";
import { type Document, kind } from "../../kernel/document.ts";
import { resource } from "../../kernel/resource.ts";
import { withoutSecretPlaces } from "../../../secrets/secret-places.ts";

/**
 * The parts of a journey, in the order in which a message passes them; beside them the webhooks that are told of
 * what happened and hold nothing up.
 */
export type Stage =
  | "number"
  | "handler"
  | "proxy"
  | "chat"
  | "studio"
  | "task"
  | "agent"
  | "outbound"
  | "completion"
  | "webhook";

/** Something that happened to a message or a conversation. */
export interface JournalEntry {
  /** What it happened in: the SID of a chat channel, or of a message that never got into one. */
  conversation: string;
  stage: Stage;
  /** In words, e.g. `Session opened`. */
  text: string;
  /** The resource that came of it, if any. */
  sid: string | null;
  /** The conversation that a message came into, in the entry that tells of it. */
  leads_to: string | null;
  /** Twilio's error code when it went wrong; 0 for what Twilio has no code for. */
  code: number | null;
}

/** Entries are forgotten after so many milliseconds. */
const keptFor = 30 * 24 * 60 * 60 * 1000;

/** What Twilio tells in its console's debugger and logs; no API of Twilio has it. */
export const journalEntry = resource(kind<JournalEntry>("journey.JournalEntry"), {
  prefix: "JE",
  path: "",
  listKey: "",
  operations: [],
  indexed: ["conversation", "leads_to"],
  due: ({ created }) => created + keptFor,
  onDue: (document, context) => context.of(journalEntry).remove(document),
});

/** A text without what may be secret in its URLs: values of their queries, names and passwords, paths of webhooks. */
export function withoutSecrets(text: string): string {
  return withoutSecretPlaces(text)
    .replaceAll(/(https?:\/\/)[^\s/?"@]*@/g, "$1…@")
    .replaceAll(/(https?:\/\/[^\s?"]*\?)([^\s"]+)/g, (_, address: string, query: string) => {
      const names = query.split("&").map((part) => part.slice(0, part.indexOf("=") + 1));
      return `${address}${names.map((name) => `${name}…`).join("&")}`;
    });
}

/** Notes that something happened. */
export function note(
  context: Context,
  conversation: string,
  stage: Stage,
  text: string,
  sid: string | null = null,
  leadsTo: string | null = null,
): void {
  insert(context, { conversation, stage, text, sid, leads_to: leadsTo, code: null });
}

/** Notes that something went wrong, under Twilio's error code where it has one. */
export function noteError(
  context: Context,
  conversation: string,
  stage: Stage,
  code: number,
  text: string,
  sid: string | null = null,
): void {
  insert(context, { conversation, stage, text, sid, leads_to: null, code });
}

function insert(context: Context, entry: JournalEntry): void {
  context.of(journalEntry).insert(context.accountSid, { ...entry, text: withoutSecrets(entry.text) });
}

/** What happened to a message or in a conversation, oldest first, and the conversation that the message came into. */
export interface Journey {
  readonly conversation: string | null;
  readonly entries: readonly Document<JournalEntry>[];
}

/** The journey of a message, with all that happened in the conversation that it came into; or that of a conversation. */
export function journeyOf(context: Context, sid: string): Journey {
  const entriesOf = (conversation: string): Document<JournalEntry>[] =>
    context.of(journalEntry).all(context.accountSid, { field: "conversation", value: conversation });
  const own = entriesOf(sid);
  const conversation = own.find(({ fields }) => fields.leads_to !== null)?.fields.leads_to ?? null;
  const further = conversation === null ? [] : entriesOf(conversation);
  return { conversation, entries: [...own, ...further].sort((a, b) => a.seq - b.seq) };
}
