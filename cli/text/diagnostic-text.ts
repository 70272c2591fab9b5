import { subjectOf, type Diagnostic } from "../../flex-stack/changes/diagnostic.ts";
import { nameOf } from "../../flex-stack/changes/resource-change.ts";
import type { Styled } from "../../flex-stack/ports/dialogue.ts";

const labels = { error: "error:", warning: "warning:", info: "" } as const;

/** `error: TaskQueue billing: …`, further lines indented. */
export function diagnosticText({ severity, message, urn }: Diagnostic, terminal: Styled): string {
  const text = message.replaceAll("\n", "\n  ");
  if (severity === "info") return terminal.style("dim", text);
  const label = terminal.style([severity === "error" ? "red" : "yellow", "bold"], labels[severity]);
  return `${label} ${subjectText(message, urn)}${text}`;
}

/** Whom it is about, unless that is the whole stack, how Twilio is reached, or what the message says itself. */
function subjectText(message: string, urn: string | undefined): string {
  if (!urn || /::pulumi:(pulumi:Stack|providers:\w+)::/.test(urn) || message.includes(nameOf(urn))) return "";
  if (/^Twilio does not accept /.test(message)) return "";
  return `${subjectOf(urn)}: `;
}
