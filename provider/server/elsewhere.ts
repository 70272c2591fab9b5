import { UserError } from "../engine/errors.ts";
import type { Properties } from "../engine/value.ts";
import { shortIdentity, type Recognition } from "./localTwilio.ts";
import { compareWhereabouts, whereaboutsOf } from "./whereabouts.ts";

/** Environment variable that names a local Twilio which may stand in for the one that the state records. */
export const acceptVariable = "TWILIO_PROVIDER_LOCAL_TWILIO";

/** Its value where the program says which one: each that its providers lead to, which then tell it. */
export const acceptAny = "any";

/** Whether a local Twilio may stand in for the recorded one. */
export function accepts(accepted: string | undefined, there: string | undefined): boolean {
  return there !== undefined && (accepted === there || accepted === acceptAny);
}

/** What listens at an endpoint on this machine can't be used. */
export function notUsable(found: Exclude<Recognition, { kind: "local" }>, endpoint: string): UserError {
  if (found.kind === "incompatible") {
    return new UserError(
      `the local Twilio at ${endpoint} ${found.what}.\n` +
        "Fix: end it, and start the one of this project: npm run emulator",
    );
  }
  return new UserError(
    `what listens at ${endpoint} is not the local Twilio: ${found.what}. It got no credentials.\n` +
      "Fix: end that program, or use another port: npm run emulator -- --port PORT, and PORT in twilio:endpoint",
  );
}

/**
 * The resources of a stack are in a local Twilio to which its configuration does not lead.
 *
 * @param there Identity of the local Twilio at the endpoint; undefined where it is none
 */
export function elsewhere(
  recorded: string,
  there: string | undefined,
  endpoint: string | undefined,
  stack = "STACK",
): UserError {
  const start =
    "start the local Twilio that has them (npm run emulator, in the folder with its .local/twilio.db)";
  if (there === undefined) {
    return new UserError(
      `this stack's resources are in the local Twilio ${shortIdentity(recorded)}, but the provider is configured for ` +
        `${endpoint ?? "Twilio itself"}.\nFix: ${start} and set twilio:endpoint to it, or use another stack`,
    );
  }
  return new UserError(
    `this stack's resources are in another local Twilio (${shortIdentity(recorded)}) than the one that listens at ` +
      `${endpoint} (${shortIdentity(there)}): its database was thrown away, or this is the one of another folder.\n` +
      `Fix: ${start}, or make all of it anew on this one: npx flex-stack up --refresh --stack ${stack}, or with ` +
      `Pulumi alone ${acceptVariable}=${there} pulumi up --refresh --stack ${stack}`,
  );
}

/** A stack's state names the account its resources are in; no other account must be touched for it. */
export function refuseOtherAccount(recorded: string, configured: string): void {
  if (recorded === configured) return;
  throw new UserError(
    `this stack's resources are in account ${recorded}, but the provider is configured for ${configured}.\n` +
      `Fix: configure credentials of ${recorded}, or use another stack for ${configured}`,
  );
}

/**
 * Refuses inputs of the provider that lead elsewhere than the recorded ones did.
 *
 * @param accepted Identity of a local Twilio that may stand in for the recorded one
 */
export function refuseElsewhere(
  recorded: Properties,
  configured: Properties,
  accepted: string | undefined,
  stack: string | undefined,
): void {
  const [before, now] = [whereaboutsOf(recorded), whereaboutsOf(configured)];
  const found = compareWhereabouts(before, now);
  if (found.kind !== "other") return;
  if (found.of === "account") return refuseOtherAccount(found.recorded, found.configured);
  if (found.of === "local Twilio" && accepts(accepted, now.localTwilio)) return;
  if (before.localTwilio !== undefined)
    throw elsewhere(before.localTwilio, now.localTwilio, now.endpoint, stack);
  const inRegion = found.of === "region";
  throw new UserError(
    `this stack's resources are ${inRegion ? "in region" : "at"} ${found.recorded}, but the provider is configured for ` +
      `${found.configured}.\nFix: correct ${inRegion ? "twilio:region or TWILIO_REGION" : "twilio:endpoint"}, or use another stack`,
  );
}
