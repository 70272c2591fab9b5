import type { Properties } from "../engine/value.ts";
import { shortIdentity } from "./localTwilio.ts";

/** Where a stack's resources are. What is not known, or does not apply, is absent. */
export interface Whereabouts {
  accountSid?: string;
  /** Twilio's region; the same account has other resources in each. */
  region?: string;
  endpoint?: string;
  /** Identity of the local Twilio. */
  localTwilio?: string;
}

/** The provider's input that names the local Twilio; Pulumi shows no inputs that begin like this. */
export const localTwilioInput = "__localTwilio";

/** What the recorded or checked inputs of a provider say of it. */
export function whereaboutsOf(inputs: Properties | Readonly<Record<string, unknown>>): Whereabouts {
  const text = (name: string): string | undefined => {
    const value: unknown = inputs[name];
    return typeof value === "string" && value !== "" ? value : undefined;
  };
  const [accountSid, region] = [text("accountSid"), text("region")];
  const [endpoint, localTwilio] = [text("endpoint"), text(localTwilioInput)];
  return {
    ...(accountSid !== undefined && { accountSid }),
    // An endpoint takes the place of regions.
    ...(region !== undefined && endpoint === undefined && { region }),
    ...(endpoint !== undefined && { endpoint }),
    ...(localTwilio !== undefined && { localTwilio }),
  };
}

/** Whether resources that were recorded at one place can be those of another. */
export type Comparison =
  | { kind: "same" }
  /** The record does not say enough: only the resources themselves can tell. */
  | { kind: "unproven" }
  | {
      kind: "other";
      of: "account" | "region" | "local Twilio" | "Twilio";
      recorded: string;
      configured: string;
    };

/** Compares what was recorded with what is configured. A local Twilio may have moved: what counts is which one it is. */
export function compareWhereabouts(recorded: Whereabouts, configured: Whereabouts): Comparison {
  const other = (of: (Comparison & { kind: "other" })["of"], was: string, is: string): Comparison => ({
    kind: "other",
    of,
    recorded: was,
    configured: is,
  });
  const { accountSid } = recorded;
  if (accountSid !== undefined && configured.accountSid !== undefined && accountSid !== configured.accountSid)
    return other("account", accountSid, configured.accountSid);
  const [was, is] = [recorded.localTwilio, configured.localTwilio];
  if (was !== undefined || is !== undefined) {
    if (was === is) return { kind: "same" };
    if (was === undefined && recorded.endpoint !== undefined) return { kind: "unproven" };
    const of = was !== undefined && is !== undefined ? "local Twilio" : "Twilio";
    return other(of, nameOf(recorded), nameOf(configured));
  }
  if (recorded.endpoint !== configured.endpoint) return { kind: "unproven" };
  const [from, to] = [recorded.region, configured.region ?? defaultRegion];
  if ((from ?? defaultRegion) === to) return { kind: "same" };
  // Regions that the environment named were not always recorded.
  return from === undefined ? { kind: "unproven" } : other("region", from, to);
}

/** Where Twilio keeps what no region is said for. */
const defaultRegion = "us1";

/** For people. */
export function nameOf({ localTwilio, endpoint }: Whereabouts): string {
  if (localTwilio === undefined) return endpoint === undefined ? "Twilio itself" : endpoint;
  const place = endpoint === undefined ? "" : ` at ${endpoint.replace(/\/+$/, "")}`;
  return `the local Twilio ${shortIdentity(localTwilio)}${place}`;
}
