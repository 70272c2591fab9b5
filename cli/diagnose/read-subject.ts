import { isSubjectSid, subjectPrefixes, type Subject } from "../../flex-stack/diagnose/index.ts";
import { ExitCode } from "../../flex-stack/failure/exit-code.ts";
import { Failure } from "../../flex-stack/failure/failure.ts";
import { durationOf } from "../text/duration.ts";
import type { DiagnoseOptions } from "./options.ts";

export type SubjectOptions = Pick<DiagnoseOptions, "message" | "from" | "since" | "task" | "channel">;

/** @throws Failure when not exactly one is named, or what is named can't be one */
export function readSubject(options: SubjectOptions): Subject {
  const { message, from, task, channel, since } = options;
  const given = [message, from, task, channel].filter((value) => value !== undefined);
  if (given.length !== 1)
    throw usage(
      given.length === 0 ? "Nothing says which message it is about." : "Only one of them can be looked for.",
      "Give one of --message SM…, --from +1…, --task WT… or --channel CH…, or --health for the whole set-up.",
    );
  if (since !== undefined && from === undefined)
    throw usage("--since belongs to --from.", "Leave it out, or look for a sender with --from +1….");
  if (message !== undefined) return { kind: "message", sid: sid("message", message) };
  if (task !== undefined) return { kind: "task", sid: sid("task", task) };
  if (channel !== undefined) return { kind: "channel", sid: sid("channel", channel) };
  return { kind: "from", number: address(from ?? ""), sinceMs: duration(since ?? "1h") };
}

function sid(kind: keyof typeof subjectPrefixes, value: string): string {
  const text = value.trim();
  if (isSubjectSid(kind, text)) return text;
  throw usage(
    `--${kind} must be a SID: ${subjectPrefixes[kind].join(" or ")} and 32 hexadecimal digits.`,
    /^IM/.test(text)
      ? "A message of a conversation is known in that alone: give --channel CH…, or the text's SM…."
      : "Copy it from Twilio's console or from a log.",
  );
}

function address(value: string): string {
  const text = value.replaceAll(/[\s().-]/g, "");
  if (/^([a-z]+:)?\+[1-9]\d{6,14}$/.test(text)) return text;
  throw usage("--from must be a number in E.164, such as +14155550142.", "Write it with + and country code.");
}

function duration(value: string): number {
  const milliseconds = durationOf(value);
  if (milliseconds !== undefined) return milliseconds;
  throw usage(
    "--since must be a time such as 30m, 1h or 2d.",
    "Write a number and s, m, h or d, up to 3650d.",
  );
}

function usage(what: string, fix: string): Failure {
  return new Failure({ what, fix, exitCode: ExitCode.usage });
}
