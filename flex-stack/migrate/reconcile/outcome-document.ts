import type { Block, Document, Text as Inlines, Tone } from "../../report/document.ts";
import type { Outcome, ToldText } from "./outcome.ts";

const tones: Readonly<Record<Outcome["result"], Tone>> = {
  ok: "good",
  unreconciled: "danger",
  unknown: "warning",
};

/** Most rows of a table: JSON has them all. */
const mostRows = 200;

/** Where texts are, as a report. */
export function outcomeDocument(outcome: Outcome, stack: string): Document {
  const { number, since, until, result, lost, doubled, unknown, unfinished, again, replayed } = outcome;
  const { refused, calls } = outcome;
  return {
    kind: "reconciliation",
    title: `Texts to ${number}, stack ${stack}`,
    blocks: [
      { kind: "paragraph", text: [{ strong: verdict(outcome) }], tone: tones[result] },
      counts(outcome),
      ...section("Lost: in no conversation", textTable(lost)),
      ...section(
        "Doubled: in both worlds",
        table(
          ["Customer", "Texts", "Channel", "Conversation", "To close"],
          doubled.map((one) => [
            [one.customer],
            sids(one.texts),
            [{ code: one.channelSid }],
            [{ code: one.conversationSid }],
            one.close === undefined ? [one.why] : [{ code: one.close }, `: ${one.why}`],
          ]),
        ),
        doubled
          .flatMap(({ command }) => (command === undefined ? [] : [command]))
          .map((command): Block => ({ kind: "lines", text: command })),
      ),
      ...section("Put in", replayTable(replayed)),
      ...section(
        "Not known where",
        textTable(unknown, ({ why }) => why),
      ),
      ...section(
        "Begun by an earlier replay: nobody is told of them yet",
        table(
          ["Customer", "Conversation"],
          unfinished.map((one) => [[one.customer], [{ code: one.conversationSid }]]),
        ),
      ),
      ...section(
        "Put in twice",
        table(
          ["Text", "Conversation"],
          again.map((one) => [[{ code: one.textSid }], [{ code: one.conversationSid }]]),
        ),
      ),
      ...(refused.length === 0
        ? []
        : [
            {
              kind: "list" as const,
              items: [...new Set(refused)].map((text) => ({ text: [text], tone: "warning" as const })),
            },
          ]),
      ...(lost.length > 0 && replayed.length === 0
        ? [
            {
              kind: "paragraph" as const,
              text: ["To put the lost ones into conversations: ", { code: "--replay" }],
            },
          ]
        : []),
      {
        kind: "paragraph",
        text: [`From ${time(since)} to ${time(until)} (UTC). ${calls} API calls.`],
        tone: "muted",
      },
    ],
  };
}

function verdict({ texts, result, counts, unfinished, again }: Outcome): string {
  const parts = [
    ...(counts.lost > 0 ? [`${counts.lost} in none`] : []),
    ...(counts.doubled > 0 ? [`${counts.doubled} in both`] : []),
    ...(counts.unknown > 0 ? [`${counts.unknown} not known`] : []),
    ...(unfinished.length > 0 ? [`${unfinished.length} of a replay that was cut short`] : []),
    ...(again.length > 0 ? [`${again.length} put in twice`] : []),
  ];
  const all = `${texts} ${texts === 1 ? "text" : "texts"}`;
  if (parts.length > 0) return `${all}: ${parts.join(", ")}.`;
  if (result === "unknown") return `${all}, each found in one place; not all of both worlds could be read.`;
  return texts === 0 ? "No texts came in." : `${all}, each in exactly one place.`;
}

function counts({ counts: count }: Outcome): Block {
  const rows: readonly (readonly [string, number])[] = [
    ["in Programmable Chat only", count.chat],
    ["in Flex Conversations only", count.conversations],
    ["in both: doubled", count.doubled],
    ["in none: lost", count.lost],
    ["for Twilio itself (STOP, START, HELP …)", count.keywords],
    ["not known", count.unknown],
  ];
  return {
    kind: "table",
    head: ["Texts", "Where"],
    rows: rows.map(([name, number]) => ({ cells: [[String(number)], [name]] })),
  };
}

function section(title: string, content: Block[], more: readonly Block[] = []): Block[] {
  return content.length === 0 ? [] : [{ kind: "section", title: [title], blocks: [...content, ...more] }];
}

function textTable<T extends ToldText>(texts: readonly T[], why?: (text: T) => string): Block[] {
  return table(
    ["Time (UTC)", "From", "Text", "", ...(why === undefined ? [] : ["Why"])],
    texts.map((text) => [
      [time(text.at)],
      [text.from],
      [{ code: text.sid }],
      [contentOf(text)],
      ...(why === undefined ? [] : [[why(text)]]),
    ]),
  );
}

function replayTable(replayed: Outcome["replayed"]): Block[] {
  return table(
    ["Customer", "Texts", "Conversation", ""],
    replayed.map((one) => [
      [one.customer],
      sids(one.texts),
      one.conversationSid === undefined ? ["none"] : [{ code: one.conversationSid }],
      [one.remark ?? (one.isAppended ? "it was open: added to it" : "new")],
    ]),
  );
}

/** What a text says, or how much. */
export function contentOf({ body, characters, files }: ToldText): string {
  const more = files === 0 ? "" : `${files} ${files === 1 ? "file" : "files"}`;
  const said = body ?? `${characters} characters`;
  return [said, more].filter((part) => part !== "").join(", ");
}

function sids(all: readonly string[]): Inlines {
  return all.flatMap((sid, index): Inlines => [...(index > 0 ? [" "] : []), { code: sid }]);
}

function table(head: readonly string[], rows: readonly (readonly Inlines[])[]): Block[] {
  if (rows.length === 0) return [];
  const shown = rows.slice(0, mostRows).map((cells) => ({ cells }));
  const rest = rows.length - shown.length;
  return [
    { kind: "table", head, rows: shown },
    ...(rest === 0
      ? []
      : [{ kind: "paragraph" as const, text: [`And ${rest} more: --format json has them all.`] }]),
  ];
}

function time(at: Date): string {
  return at.toISOString().slice(0, 19).replace("T", " ");
}
