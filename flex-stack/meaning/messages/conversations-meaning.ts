import type { Properties, Subject } from "../../changes/subject.ts";
import { said, type Statement } from "../statement.ts";
import { address, textOf } from "./words.ts";
import { hearing, listener } from "./webhook-meaning.ts";

/** Properties of Conversations' webhooks that decide who hears of events. */
export const conversationWebhooks: readonly string[] = [
  "preWebhookUrl",
  "postWebhookUrl",
  "filters",
  "target",
];

/** Who is told and asked of what happens in conversations, and that a message is lost where somebody refuses it. */
export function conversationWebhooksMeaning({ before, after }: Subject): Statement[] {
  // Destroyed, they are what they were before the stack, which nobody knows here.
  if (!after) return [];
  return [...hearing(before ?? {}, after), ...refusing(before ?? {}, after)];
}

function refusing(before: Properties, after: Properties): Statement[] {
  const [from, to] = [refuser(before), refuser(after)];
  if (!to || from === to) return [];
  const text = " is asked before a conversation opens: where it refuses, the customer's message is lost";
  return [said("consequence", [], [{ after: address(to) }, text], { danger: true })];
}

/** The URL that may refuse new conversations; undefined where none does. */
function refuser(properties: Properties): string | undefined {
  const { filters } = properties;
  return Array.isArray(filters) && filters.includes("onConversationAdd")
    ? listener(properties, "preWebhookUrl") || undefined
    : undefined;
}

/** Properties that decide when conversations end. */
export const conversationTimers: readonly string[] = ["defaultInactiveTimer", "defaultClosedTimer"];

/** What the account's timers do with a conversation in which nothing happens. */
export function timersMeaning({ before = {}, after }: Subject): Statement[] {
  if (!after) return [];
  return conversationTimers.flatMap((name) => {
    const [from, to] = [textOf(before[name]), textOf(after[name])];
    if (from === undefined || to === undefined || lengthOf(from) === lengthOf(to)) return [];
    const closes = name === "defaultClosedTimer";
    if (to === "") return closes ? [unclosed] : [];
    const ends = closes
      ? ", and what the customer writes after that opens a new one"
      : ", until something is written in it";
    const state = closes ? "closed" : "inactive";
    return [
      said(
        "consequence",
        [],
        [`a conversation is ${state} `, { after: spanText(to) }, ` after its last message${ends}`],
      ),
    ];
  });
}

const unclosed = said(
  "consequence",
  [],
  [
    "no timer of the stack closes conversations: one that has lost its task keeps the customer, whose messages reach nobody until " +
      "somebody closes it",
  ],
  { danger: true },
);

const units = ["week", "day", "hour", "minute", "second"] as const;
const duration = /^P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/;

/** Seconds of each unit. */
const lengths = [604_800, 86_400, 3600, 60, 1];

/** Seconds of a duration: `PT480M` is as long as `PT8H`. What is none as it is. */
function lengthOf(text: string): number | string {
  const parts = duration.exec(text)?.slice(1);
  return parts?.reduce((sum, count, index) => sum + Number(count ?? 0) * (lengths[index] ?? 0), 0) ?? text;
}

/** `PT1H30M` as `1 hour 30 minutes`; what is no such duration as it is. */
function spanText(text: string): string {
  const parts = duration.exec(text)?.slice(1) ?? [];
  const words = parts.flatMap((count, index) => {
    const unit = units[index];
    return Number(count ?? 0) > 0 && unit ? [`${count} ${unit}${count === "1" ? "" : "s"}`] : [];
  });
  return words.length > 0 ? words.join(" ") : text;
}
