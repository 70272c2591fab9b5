import type { Mark, PictureTarget, RoutingPicture } from "../meaning/index.ts";

const symbols: Readonly<Record<Mark, string>> = { same: " ", added: "+", changed: "~", removed: "-" };

/** A picture of routing as lines of text, a tree with its changes in the margin. */
export function pictureLines({ workflow, filters, otherwise }: RoutingPicture): string[] {
  return [
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
