import { ExitCode } from "./exit-code.ts";
import { lines as safeLines } from "./safe-text.ts";
import type { Styled } from "../ports/dialogue.ts";

export interface FailureDetail {
  /** What happened, in one line. */
  what: string;
  /** Why, where that is not obvious. */
  why?: string;
  /** What to do about it; lines are kept. */
  fix?: string;
  /** @default ExitCode.failed */
  exitCode?: number;
  cause?: unknown;
}

/** A failure a person can act on; never shown with a stack trace. */
export class Failure extends Error {
  override readonly name = "Failure";
  readonly what: string;
  readonly why: string | undefined;
  readonly fix: string | undefined;
  readonly exitCode: number;

  constructor(detail: FailureDetail) {
    super(detail.what, { cause: detail.cause });
    this.what = detail.what;
    this.why = detail.why;
    this.fix = detail.fix;
    this.exitCode = detail.exitCode ?? ExitCode.failed;
  }
}

/** Any thrown value as a failure; a bug keeps its message and says how to see more. */
export function asFailure(thrown: unknown): Failure {
  if (thrown instanceof Failure) return thrown;
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return new Failure({
    what: message.trim() || "Something failed without saying what.",
    fix: "Run it again with FLEX_STACK_DEBUG=1 to see where it comes from.",
    cause: thrown,
  });
}

/** `error: what`, then why and fix, indented under it; nothing of what they quote moves a cursor. */
export function failureText(failure: Failure, terminal: Styled): string {
  const lines = [`${terminal.style(["red", "bold"], "error:")} ${safeLines(failure.what)}`];
  if (failure.why) lines.push(indented("why", failure.why));
  if (failure.fix) lines.push(indented("fix", failure.fix));
  return lines.join("\n");
}

/** The document of `--json` when a command could not do its work. */
export function failureJson({ what, why, fix, exitCode }: Failure): string {
  return JSON.stringify({ result: "failed", error: { what, why, fix }, exitCode }, null, 2);
}

function indented(label: string, text: string): string {
  return `  ${label}: ${safeLines(text.trim()).replaceAll("\n", "\n       ")}`;
}
