import type { ChatOptions, SimulateOptions, TextOptions } from "../../flex-stack/simulate/index.ts";
import { ExitCode } from "../../flex-stack/failure/exit-code.ts";
import { Failure } from "../../flex-stack/failure/failure.ts";

/** What Twilio takes of one message. The local Twilio has the same numbers of its own, and tests/cli/simulate.test.ts both. */
const longestBody = 1600;
const mostMedia = 10;

/** Refuses a text that can't come in, before any of it does. @throws Failure that names the option */
export function checkText(options: TextOptions): void {
  checkContent(options);
  if (/^\+[1-9]\d{6,14}$/.test(options.from)) return;
  throw wrong(
    `--from ${quoted(options.from)} is no phone number: it must be E.164.`,
    "Write it with + and the code of the country, e.g. --from +14155550170.",
  );
}

/** The same for what a visitor says in a web chat. */
export function checkChat(options: ChatOptions): void {
  checkContent(options);
  if (options.identity.trim() !== "") return;
  throw wrong("--identity is empty.", "Say who the visitor is, e.g. --identity visitor, or leave it out.");
}

function checkContent({ body, media, reply, interactive }: SimulateOptions): void {
  if (interactive && (media.length > 0 || reply.length > 0))
    throw wrong("--interactive asks what is written.", "Leave --media and --reply out.");
  if (!interactive && !body && media.length === 0)
    throw wrong(
      "There is nothing to send.",
      "Say what the customer writes with --body, or sends with --media.",
    );
  for (const [option, text] of [
    ["--body", body ?? ""] as const,
    ...reply.map((text) => ["--reply", text] as const),
  ]) {
    if (text.length > longestBody)
      throw wrong(
        `${option} has ${text.length} characters; a message has up to ${longestBody}.`,
        "Shorten it.",
      );
  }
  if (media.length > mostMedia)
    throw wrong(`--media names ${media.length} files; a message has up to ${mostMedia}.`, "Leave some out.");
  const local = media.find((url) => !/^https?:\/\//i.test(url) || !URL.canParse(url));
  if (local !== undefined)
    throw wrong(
      `--media ${quoted(local)} is no address of the web.`,
      "Give the address that the file has, e.g. --media https://example.com/picture.png.",
    );
}

function wrong(what: string, fix: string): Failure {
  return new Failure({ what, fix, exitCode: ExitCode.usage });
}

/** What was given, cut where it would fill the window, and without what moves a cursor. */
function quoted(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text);
}
