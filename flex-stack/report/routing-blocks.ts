import { isChanged, type RoutingPicture } from "../meaning/index.ts";
import type { Block, Text } from "./document.ts";

/** Names of the two sides of a routing that changed. */
export interface SideTitles {
  readonly before: string;
  readonly after: string;
}

/**
 * Pictures of routing: open where tasks may go another way, with how it was before how it is; folded where there is
 * nothing to compare with.
 *
 * @param now completes "Routing of W": `after the change`
 */
export function routingBlocks(
  pictures: readonly RoutingPicture[],
  now: string,
  titles: SideTitles,
): readonly Block[] {
  return pictures.map((picture): Block => {
    const name: Text = ["Routing of ", { strong: picture.workflow }];
    const after: Block = { kind: "routing", picture };
    if (picture.before === undefined)
      return { kind: "details", open: isChanged(picture), summary: [...name, ` ${now}`], blocks: [after] };
    return {
      kind: "details",
      open: true,
      summary: [...name, `, ${titles.before} and ${titles.after}`],
      blocks: [
        { kind: "paragraph", text: [{ strong: capital(titles.before) }] },
        { ...after, side: "before" },
        { kind: "paragraph", text: [{ strong: capital(titles.after) }] },
        after,
      ],
    };
  });
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
