import type { Drift } from "../changes/drift.ts";
import type { Terminal } from "../terminal.ts";
import { propertyText, sidText, typeText } from "./change-text.ts";

/** What was changed at Twilio behind Pulumi's back, with the properties as they are there now. */
export function driftText(drift: Drift, terminal: Pick<Terminal, "style" | "columns">): string {
  const what = terminal.style(
    ["yellow", "bold"],
    `! ${drift.gone ? "deleted" : "changed"} outside of Pulumi:`,
  );
  const head = `${what} ${typeText(drift.type)}  ${drift.name}${sidText(drift.id, terminal)}`;
  return [head, ...drift.properties.map((property) => propertyText(property, terminal))].join("\n");
}
