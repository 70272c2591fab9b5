import type { Block, Document, Text } from "../../report/document.ts";
import type { NumberStatus, Status } from "./status.ts";

/** Where every number stands, as a report. */
export function statusDocument(
  { numbers, unread, shortened, calls, since }: Status,
  stack: string,
): Document {
  return {
    kind: "migrate-status",
    title: `Numbers on their way to Flex Conversations, stack ${stack}`,
    blocks: [
      {
        kind: "table",
        head: [
          "Number",
          "Phone number",
          "Stands",
          "Open chats",
          "Conversations since the cut",
          "In neither world",
        ],
        rows: numbers.map((one) => ({
          cells: cellsOf(one),
          tone: one.blocks.length + one.splits.length + (one.unreached ?? 0) > 0 ? "warning" : "plain",
        })),
      },
      ...numbers.flatMap((one) => more(one, stack, since)),
      ...unread.map((sentence): Block => ({ kind: "paragraph", text: [sentence], tone: "warning" })),
      {
        kind: "paragraph",
        text: [
          [
            since === undefined
              ? "Texts in neither world were not counted: --since 1d does that."
              : `Texts in neither world are counted since ${minute(since)}; migrate reconcile names them.`,
            ...shortened,
            `${calls} API calls, reading only.`,
          ].join(" "),
        ],
        tone: "muted",
      },
    ],
  };
}

function cellsOf(one: NumberStatus): readonly Text[] {
  const { openChats, conversations, unreached, stage } = one;
  const live = openChats.count - openChats.withoutSession;
  const chats = [
    live === 0 || openChats.oldest === undefined
      ? String(live)
      : `${live}, oldest of ${minute(openChats.oldest)}`,
    ...(openChats.withoutSession === 0 ? [] : [`(${openChats.withoutSession} left over)`]),
  ].join(" ");
  const talks =
    conversations === undefined
      ? "–"
      : `${conversations.isLeast ? "at least " : ""}${conversations.count} since ${minute(conversations.since)}`;
  return [
    [{ code: one.number }],
    [one.phoneNumber],
    [{ strong: one.stands }],
    [stage === "custom" ? "–" : chats],
    [talks],
    [unreached === undefined ? "–" : String(unreached)],
  ];
}

/** `2026-11-30 14:57 UTC` */
function minute(time: string): string {
  return `${time.slice(0, 16).replace("T", " ")} UTC`;
}

function more(
  { number, differences, blocks, splits, next, stage, unreached = 0 }: NumberStatus,
  stack: string,
  since: string | undefined,
): Block[] {
  if (stage === "custom" || (next === undefined && splits.length === 0 && unreached === 0)) return [];
  const lost =
    since === undefined || unreached === 0
      ? []
      : [`npx flex-stack migrate reconcile --number ${number} --since ${since} --stack ${stack}`];
  return [
    {
      kind: "section",
      title: [number],
      blocks: [
        {
          kind: "list",
          items: [
            ...blocks.map((sentence) => ({
              text: [{ strong: "Blocks: " }, sentence],
              tone: "warning" as const,
              items: differences.map((difference) => ({ text: [difference] })),
            })),
            ...lost.map((command) => ({
              text: [
                { strong: "Lost: " },
                `${unreached} ${unreached === 1 ? "text is" : "texts are"} in neither world. See which, and put them in with --replay:`,
              ],
              tone: "warning" as const,
              items: [{ text: [{ command }] }],
            })),
            ...splits.map(({ customer, channelSid, taskSid, conversationSid, command }) => ({
              text: [
                { strong: "Split: " },
                `customer ${customer} wrote into conversation `,
                { code: conversationSid },
                ` while the old chat `,
                { code: channelSid ?? "(not known)" },
                ` is open. Have its agent complete ${taskSid === undefined ? "its task" : `task ${taskSid}`}${command === undefined ? "." : ", or end it:"}`,
              ],
              tone: "warning" as const,
              items: command === undefined ? [] : [{ text: [{ command }] }],
            })),
            ...(next === undefined ? [] : [{ text: [{ strong: "Next: " }, { code: next }] }]),
          ],
        },
      ],
    },
  ];
}
