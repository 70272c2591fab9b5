/** GitHub takes no longer text of an issue. */
export const maxBodyLength = 65_536;

/** What is left of it for the report: the rest holds some 800 fingerprints. */
export const maxReportLength = 50_000;

/**
 * The text of a stack's issue: a line that nobody sees, by which it and what it told are known again, and the report.
 *
 * @param fingerprints Of the differences it tells.
 */
export function issueBody(stack: string, fingerprints: readonly string[], report: string): string {
  return `${marker(stack)}${fingerprints.toSorted().join(" ")} -->\n\n${report.trimEnd()}\n`;
}

/** Whether the text of an issue is that of this stack. */
export function isAbout(stack: string, body: string): boolean {
  return body.startsWith(marker(stack));
}

/** The differences that a text of an issue tells. */
export function knownFingerprints(body: string): Set<string> {
  const line = body.split("\n")[0] ?? "";
  return new Set(line.match(/\b[0-9a-f]{16}\b/g) ?? []);
}

function marker(stack: string): string {
  return `<!-- flex-stack drift of ${stack}: `;
}
