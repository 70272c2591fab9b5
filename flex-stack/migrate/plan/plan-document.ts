import type { Document, Stop } from "../../report/document.ts";
import type { Plan, PlanStep } from "./plan.ts";

/** What a number's way costs, as a report with a picture. */
export function planDocument({ number, stage, cut, steps, inferred }: Plan, stack: string): Document {
  return {
    kind: `migrate-plan ${number}`,
    title: `Plan for number ${number}, stack ${stack}: ${cut}`,
    blocks: [
      {
        kind: "paragraph",
        text: [
          "The number is ",
          { strong: stage },
          stage === "done" ? ": it has the whole way behind it. " : ". ",
          "Nothing is written by this.",
        ],
      },
      { kind: "way", stops: stopsOf(steps) },
      ...steps.map(({ title, does, lost, doubled, back, isDone }, index) => ({
        kind: "section" as const,
        title: [`${index + 1}. ${title}${isDone ? " (done)" : ""}`],
        blocks: [
          {
            kind: "list" as const,
            items: [
              ...does.map((text) => ({ text: [text] })),
              { text: [{ strong: "Lost: " }, lost] },
              { text: [{ strong: "Doubled: " }, doubled] },
              { text: [{ strong: "Back: " }, back] },
            ],
          },
        ],
      })),
      {
        kind: "section",
        title: ["What Twilio does not say"],
        blocks: [
          { kind: "list", items: inferred.map((text) => ({ text: [text] })) },
          {
            kind: "paragraph",
            text: ["Try the whole way on a number of your own first, there and back."],
            tone: "muted",
          },
        ],
      },
    ],
  };
}

const places = {
  legacy: ["Flex Flow on", "SmsUrl at Proxy"],
  prepared: ["Address there, off"],
  cut: ["Address on", "Flex Flow off", "open chats go on"],
  done: ["Address alone"],
} as const;

function stopsOf(steps: readonly PlanStep[]): readonly Stop[] {
  const cost = (to: string): string => {
    const step = steps.find((one) => one.to === to);
    const loses = step !== undefined && !step.lost.startsWith("None");
    const doubles = step !== undefined && !step.doubled.startsWith("None");
    return loses
      ? "texts in between: lost, replayed"
      : doubles
        ? "texts in between: doubled"
        : "nothing lost or doubled";
  };
  const pool = steps.some(({ does }) =>
    does.some((text) => text.startsWith("Nothing of the number changes yet")),
  );
  return [
    { name: "legacy", lines: places.legacy, forth: `next: ${cost("prepared")}`, back: "back" },
    {
      name: "prepared",
      lines: pool ? ["no Address yet"] : places.prepared,
      forth: `next: ${cost("cut")}`,
      back: "back",
    },
    { name: "cut", lines: places.cut, forth: "finish: no way back" },
    { name: "done", lines: places.done },
  ];
}
