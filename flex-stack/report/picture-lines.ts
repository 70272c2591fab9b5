import type { Mark, PictureEntry, PictureTarget, Routing, RoutingPicture } from "../meaning/index.ts";

const symbols: Readonly<Record<Mark, string>> = { same: " ", added: "+", changed: "~", removed: "-" };

/** How routing was before a change, or is after it. */
export type Side = "before" | "after";

/** What becomes of a task after its last target, and of one that no filter takes. */
export const canceled = "canceled";
export const notCreated = "not created";
export const servedByNobody = "nobody serves it";

/** The one of two pictures that is asked for; before and after are the same where nothing changes. */
export function routingOn(picture: RoutingPicture, side: Side): Routing {
  return side === "before" ? (picture.before ?? picture) : picture;
}

/** A picture of routing as lines of text, a tree with its changes in the margin. */
export function pictureLines(picture: RoutingPicture, side: Side = "after"): string[] {
  const { workflow, entries } = picture;
  const { filters, otherwise } = routingOn(picture, side);
  const nobody = otherwise.unserved === true ? ` (${servedByNobody})` : "";
  return [
    ...entries.map(entryText),
    workflow,
    ...filters.flatMap(({ name, expression, mark, targets, deadEnd }) => [
      `${symbols[mark]} ├ ${name}: ${expression}`,
      ...targets.map((target) => `${symbols[target.mark]} │   → ${targetText(target)}`),
      ...(deadEnd === true ? [`! │   → ${canceled}`] : []),
    ]),
    `${otherwise.lost === true ? "!" : symbols[otherwise.mark]} └ otherwise → ${otherwise.queue ?? notCreated}${nobody}`,
  ];
}

/** `Billing (60 s, priority 5)`, `Disputes (nobody serves it)` */
export function targetText({ queue, conditions, unserved }: PictureTarget): string {
  const told = unserved === true ? [...conditions, servedByNobody] : conditions;
  return told.length > 0 ? `${queue} (${told.join(", ")})` : queue;
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
