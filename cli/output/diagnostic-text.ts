import { subjectOf, type Diagnostic } from "../changes/diagnostic.ts";
import type { Terminal } from "../terminal.ts";

const labels = { error: "error:", warning: "warning:", info: "" } as const;

/** `error: TaskQueue billing: …`, further lines indented. */
export function diagnosticText(
  { severity, message, urn }: Diagnostic,
  terminal: Pick<Terminal, "style">,
): string {
  const text = message.replaceAll("\n", "\n  ");
  if (severity === "info") return terminal.style("dim", text);
  const label = terminal.style([severity === "error" ? "red" : "yellow", "bold"], labels[severity]);
  const subject = urn && !urn.includes("::pulumi:pulumi:Stack::") ? `${subjectOf(urn)}: ` : "";
  return `${label} ${subject}${text}`;
}
