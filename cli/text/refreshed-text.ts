import type { Drift } from "../../flex-stack/changes/drift.ts";
import type { Surface } from "../../flex-stack/ports/dialogue.ts";
import { propertyText, sidText } from "./change-text.ts";
import { typeText } from "../../flex-stack/report/change-words.ts";

/** What was changed at Twilio behind Pulumi's back, with the properties as they are there now. */
export function driftText(drift: Drift, terminal: Surface): string {
  const what = terminal.style(
    ["yellow", "bold"],
    `! ${drift.gone ? "deleted" : "changed"} outside of Pulumi:`,
  );
  const head = `${what} ${typeText(drift.type)}  ${drift.name}${sidText(drift.id, terminal)}`;
  return [head, ...drift.properties.map((property) => propertyText(property, terminal))].join("\n");
}
