import type { Mark, PictureEntry, PictureTarget, RoutingPicture } from "../meaning/index.ts";

const symbols: Readonly<Record<Mark, string>> = { same: " ", added: "+", changed: "~", removed: "-" };

/** A picture of routing as lines of text, a tree with its changes in the margin. */
export function pictureLines({ workflow, entries, filters, otherwise }: RoutingPicture): string[] {
  return [
    ...entries.map(entryText),
    workflow,
    ...filters.flatMap(({ name, expression, mark, targets }) => [
      `${symbols[mark]} ├ ${name}: ${expression}`,
      ...targets.map((target) => `${symbols[target.mark]} │   → ${targetText(target)}`),
    ]),
    `${symbols[otherwise.mark]} └ otherwise → ${otherwise.queue ?? "not created"}`,
  ];
}

/** `Billing (60 s, priority 5)` */
export function targetText({ queue, conditions }: PictureTarget): string {
  return conditions.length > 0 ? `${queue} (${conditions.join(", ")})` : queue;
}

/** `+13125550163 (Flex Conversations) → Studio flow Messaging Flow` */
export function entryText({ to, by, flow }: PictureEntry): string {
  return `${shortList(to).join(", ")} (${by}) → Studio flow ${flow} →`;
}

/** Most numbers that are named. */
const longest = 6;

/** The first ones, and how many more there are. */
export function shortList(all: readonly string[]): readonly string[] {
  return all.length <= longest ? all : [...all.slice(0, longest - 1), `${all.length - longest + 1} more`];
}
