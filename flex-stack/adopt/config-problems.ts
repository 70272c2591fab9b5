import { isDeepStrictEqual } from "node:util";
import { ConfigError, parseConfig } from "../../config/index.ts";

/** What is wrong at a place of the configuration, such as `routing.queues.billing.skill`. */
export interface PathProblem {
  path: string;
  why: string;
}

/** What the checks of the configuration say, and what they would take otherwise than it is written. */
export function problemsOf(
  values: Readonly<Record<string, unknown>>,
  facts: { stack: string; accountSid: string; endpoint: string | undefined },
): PathProblem[] {
  const raw = Object.fromEntries(
    Object.entries(values).map(([key, value]) => [`flex-messaging:${key}`, JSON.stringify(value)]),
  );
  const { accountSid, endpoint, stack } = facts;
  try {
    const parsed = parseConfig(
      {
        ...raw,
        "twilio:accountSid": accountSid,
        ...(endpoint !== undefined && { "twilio:endpoint": endpoint }),
      },
      stack,
    );
    return changed("", JSON.parse(JSON.stringify(values)), JSON.parse(JSON.stringify(parsed)));
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.problems.map(({ key, problem, fix }) => ({
      path: key.replace(/^flex-messaging:/, ""),
      why: `it ${problem}; the configuration wants you to ${fix}`,
    }));
  }
}

/** Where two values differ; the checks trim texts. */
function changed(path: string, written: unknown, read: unknown): PathProblem[] {
  if (typeof written === "object" && written !== null && typeof read === "object" && read !== null)
    return Object.entries(written).flatMap(([key, value]) =>
      changed(path === "" ? key : `${path}.${key}`, value, (read as Record<string, unknown>)[key]),
    );
  return isDeepStrictEqual(written, read)
    ? []
    : [{ path, why: `${JSON.stringify(written)} begins or ends with white space` }];
}

/** The part of the configuration that goes without leaving the rest incomplete; undefined where none does. */
export function partOf(path: string): string | undefined {
  const [entry] =
    /^(routing\.(activities|taskChannels|queues|workflows)|(?:chat|conversations)\.roles|messageHandling\.numbers)\.[A-Za-z0-9_-]+/.exec(
      path,
    ) ?? [];
  if (entry !== undefined) return entry;
  const [group] = /^(?:messageHandling\.(?:integration|handler)|conversations\.webhooks)/.exec(path) ?? [];
  if (group !== undefined) return group;
  const [setting] = /^(routing\.workspace|chat|proxy|conversations)\.[A-Za-z]+/.exec(path) ?? [];
  return setting === undefined || /\.(friendlyName|uniqueName|roles|service)$/.test(setting)
    ? undefined
    : setting;
}
