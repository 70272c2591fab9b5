import type { Block, Document, Item, Tone } from "../../report/document.ts";
import type { Check, CheckedItem } from "./check.ts";

const marks: Readonly<Record<CheckedItem["state"], readonly [mark: string, tone: Tone]>> = {
  ok: ["✓", "good"],
  warning: ["•", "warning"],
  blocker: ["✗", "danger"],
  unknown: ["?", "warning"],
};

/** What was found before a step, as a report. */
export function checkDocument(check: Check, stack: string): Document {
  const { number, items, shortened, calls } = check;
  return {
    kind: `migrate-check ${number}`,
    title: `Check of number ${number}, stack ${stack}`,
    blocks: [
      { kind: "paragraph", text: [{ strong: verdictOf(check) }], tone: toneOf(check) },
      ...(items.length === 0 ? [] : [{ kind: "list", items: items.map(itemOf) } as Block]),
      {
        kind: "paragraph",
        text: [[...shortened, `${calls} API calls, reading only.`].join(" ")],
        tone: "muted",
      },
    ],
  };
}

const goals = { prepared: "be prepared", cut: "be cut over", done: "be finished" } as const;

/** One sentence. */
export function verdictOf({ goal, result, stage, items, cut }: Check): string {
  if (goal === undefined)
    return stage === "custom"
      ? "The number is of kind custom: not moved by this."
      : "The number is on Flex Conversations, and nothing of Chat and Proxy is left: there is nothing to check.";
  const what = `${goals[goal]}${goal === "cut" ? ` (${cut})` : ""}`;
  const blockers = items.filter(({ state }) => state === "blocker").length;
  if (result === "not yet")
    return `Not yet: ${blockers} ${blockers === 1 ? "thing keeps" : "things keep"} the number, now ${stage}, from being able to ${what}.`;
  if (result === "unknown")
    return `The number can ${what} as far as is known; something could not be looked up.`;
  return `Go: the number, now ${stage}, can ${what}.`;
}

function toneOf({ result }: Check): Tone {
  return result === "go" ? "good" : result === "unknown" ? "warning" : "danger";
}

function itemOf({ name, state, sentence, concerns }: CheckedItem): Item {
  const [mark, tone] = marks[state];
  const [first, ...others] = concerns;
  return {
    text: [{ strong: name }, `: ${first?.sentence ?? sentence}`],
    tone,
    mark,
    items: [
      ...(first === undefined ? [] : adviceOn(first)),
      ...others.map((concern): Item => ({ text: [concern.sentence], items: adviceOn(concern) })),
    ],
  };
}

function adviceOn({ fix, command }: { fix: string; command?: string | undefined }): Item[] {
  const commands = command?.split("\n") ?? [];
  return [
    { text: [{ strong: "Fix: " }, fix] },
    ...commands.map((line): Item => ({ text: [{ strong: "Command: " }, { command: line }] })),
  ];
}
