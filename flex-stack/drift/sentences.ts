import type { Finding } from "./finding.ts";
import { sidesText } from "./sides.ts";

/** What is different, as text. */
export function sentences(finding: Finding): string[] {
  const whole = wholeResource(finding);
  return [...(whole === undefined ? [] : [whole]), ...finding.statements.map(sidesText)];
}

/** The one sentence about a resource that only one side has; undefined when both have it. */
export function wholeResource({ kind, since }: Finding): string | undefined {
  if (kind === "deleted") return "stack has it, account has not";
  if (kind === "unmanaged")
    return `account has it${since === undefined ? "" : ` since ${since}`}, stack has not`;
  return undefined;
}
