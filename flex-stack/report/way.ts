import type { Way } from "./document.ts";
import { label } from "./mermaid.ts";

/** A way in Mermaid's language: forth in lines, back in dots. */
export function wayMermaid({ stops }: Way): string {
  return [
    "flowchart LR",
    ...stops.map(({ name, lines }, index) => `  s${index}[${label(name, ...lines)}]`),
    ...stops
      .slice(0, -1)
      .flatMap(({ forth = "", back }, index) => [
        `  s${index} -- ${label(forth)} --> s${index + 1}`,
        ...(back === undefined ? [] : [`  s${index + 1} -. ${label(back)} .-> s${index}`]),
      ]),
  ].join("\n");
}

/** The same as lines for a terminal. */
export function wayLines({ stops }: Way): string[] {
  return stops.flatMap(({ name, lines, forth, back }) => [
    `[${name}] ${lines.join("; ")}`,
    ...(forth === undefined ? [] : [`   ↓ ${forth}${back === undefined ? "" : `   ↑ ${back}`}`]),
  ]);
}
