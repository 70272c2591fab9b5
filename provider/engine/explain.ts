import type { Fix, ResourceDefinition } from "./definition.ts";
import { ConnectionError, TwilioError, UserError } from "./errors.ts";
import { isGone } from "./gone.ts";
import { withoutCredentials } from "./quote.ts";

export type Doing = "create" | "update" | "delete" | "read" | "look up" | "take over" | "validate";

/** What to do about refusals that any resource can meet. */
const commonFixes: readonly Fix[] = [
  {
    code: 20003,
    fix:
      "Check twilio:accountSid and twilio:authToken (or twilio:apiKey and twilio:apiSecret), or the TWILIO_… " +
      "environment variables: Twilio does not accept them for this account, or they lack the permission.",
  },
  { code: 20005, fix: "Reactivate the account in the Twilio Console: it is suspended or closed." },
  { code: 20008, fix: "Use the account's live credentials: test credentials can't do this." },
  {
    status: 429,
    fix:
      "Run it again: what was done is kept. If it happens often, lower twilio:maxConcurrency or raise " +
      "twilio:maxRetries.",
  },
  { status: 401, fix: "Check the account SID and auth token, or the API key and secret." },
  { status: 403, fix: "Use credentials that are allowed to do this." },
  {
    on: "update",
    status: 404,
    fix: "It was deleted behind Pulumi's back: run pulumi refresh, or pulumi up --refresh, to find out.",
  },
  {
    status: 404,
    fix: "Check the SIDs of what it is in: one of them does not exist in this account.",
  },
  { status: 501, fix: "The local Twilio does not have this operation; use a real account for it." },
];

/**
 * An error for users: what was being done to what, Twilio's own words, code and page, and how to fix it.
 */
export function explain(
  error: unknown,
  definition: ResourceDefinition,
  doing: Doing,
  what: string,
  endpoint?: string,
): Error {
  if (error instanceof TwilioError) {
    const lines = [
      `can't ${doing} ${what}: ${sentence(withoutCredentials(error.message))} (${facts(error)})`,
    ];
    const details = formatDetails(error.details);
    if (details !== undefined) lines.push(`Details: ${details}`);
    const fix = findFix(error, definition, doing);
    if (fix !== undefined) lines.push(`Fix: ${fix}`);
    if (error.moreInfo !== undefined) lines.push(`See ${error.moreInfo}`);
    return new UserError(lines.join("\n"), { cause: error });
  }
  if (error instanceof ConnectionError) {
    return new UserError(`can't ${doing} ${what}: ${explainConnection(error, endpoint)}`, { cause: error });
  }
  if (error instanceof UserError) return error;
  const message = error instanceof Error ? error.message : String(error);
  return new UserError(`can't ${doing} ${what}: ${message}`, { cause: error });
}

/** Why there was no answer, and what to do. */
export function explainConnection(error: ConnectionError, endpoint: string | undefined): string {
  const where = endpoint ?? "Twilio";
  if (endpoint !== undefined && !error.sent) {
    return (
      `nothing answers at ${endpoint} (${error.code}).\n` +
      "Fix: start the local Twilio with npm run emulator, then run it again; npm run up and npm run preview start one themselves"
    );
  }
  const hint = error.sent
    ? "Fix: run it again; what was done is kept"
    : "Fix: check the network, proxies and twilio:edge, then run it again";
  return `${where} did not answer: ${error.message} (${error.code}).\n${hint}`;
}

/** What to do about a refusal, if anything is known. */
export function findFix(
  error: TwilioError,
  definition: ResourceDefinition,
  doing: Doing,
): string | undefined {
  const applies = (status: number | undefined) => (fix: Fix) =>
    (fix.on === undefined || fix.on === doing) &&
    (fix.code === undefined || fix.code === error.code) &&
    (fix.status === undefined || fix.status === status) &&
    (fix.message === undefined || fix.message.test(error.message));
  // Some products say otherwise than with 404 that something is not there.
  const status = isGone(definition, error) ? 404 : error.status;
  const found = definition.fixes?.find(applies(error.status)) ?? commonFixes.find(applies(status));
  return found?.fix;
}

function facts(error: TwilioError): string {
  const parts = [error.status !== undefined ? `HTTP ${error.status}` : "no answer"];
  if (error.code !== undefined) parts.push(`Twilio error ${error.code}`);
  return parts.join(", ");
}

function formatDetails(details: unknown): string | undefined {
  if (details === undefined || details === null) return undefined;
  const text = withoutCredentials(JSON.stringify(details));
  return text === "{}" || text === "[]" ? undefined : text.slice(0, 2000);
}

function sentence(text: string): string {
  return text.trim().replace(/\.$/, "");
}
