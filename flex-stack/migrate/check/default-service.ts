import type { Concern, Item } from "./item.ts";

/** The service that conversations are opened in unless they name another, and what ends them. */
export const defaultService: Item = {
  name: "default-service",
  async look({ reads, stage, handling }) {
    const { chatServiceSid } = reads.place;
    const configuration = await reads.conversations.configuration();
    // The stack sets both once a number is on its way.
    const isEarly = stage === "legacy" && !onItsWay(handling);
    const blocks = isEarly ? undefined : "cut";
    const fix = isEarly
      ? "Preparing the number has the stack set it."
      : "Run up --refresh: the stack declares it.";
    const found: Concern[] = [];
    if (configuration?.defaultChatServiceSid !== chatServiceSid)
      found.push({
        blocks,
        cause: "other-default-service",
        sentence: `The account's default service of Conversations is ${configuration?.defaultChatServiceSid ?? "none"}, and Flex works with ${chatServiceSid ?? "one that is not known"}.`,
        fix,
      });
    if (!configuration?.defaultClosedTimer)
      found.push({
        cause: "closed-timer-missing",
        sentence:
          "There is no default closed timer: a conversation whose task goes without closing it holds its pair for ever.",
        fix: isEarly ? fix : "Set conversations.defaultClosedTimer, such as P1D.",
      });
    return found.length > 0
      ? found
      : `The default service is Flex's; conversations are closed after ${configuration?.defaultClosedTimer} without a word.`;
  },
};

function onItsWay(handling: Readonly<Record<string, unknown>>): boolean {
  const numbers = Object.values((handling["numbers"] ?? {}) as Record<string, Record<string, unknown>>);
  return numbers.some(
    ({ kind = handling["kind"], migration }) => kind === "conversations" || migration !== undefined,
  );
}
