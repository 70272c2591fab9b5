import { fetchListed } from "./collections.ts";
import type { ResourceDefinition } from "./definition.ts";
import { TwilioError, UserError } from "./errors.ts";
import { explain } from "./explain.ts";
import { isGone } from "./gone.ts";
import type { Location } from "./id.ts";
import type { Session } from "./session.ts";

/**
 * Makes certain that a recorded resource is in the account at hand, where the state does not say that this is where it
 * was made: what is not there must not be told as unchanged.
 *
 * @throws UserError when it is not there
 */
export async function requireThere(
  session: Session,
  definition: ResourceDefinition,
  { location, what, stack = "STACK" }: { location: Location; what: string; stack?: string | undefined },
): Promise<void> {
  try {
    await fetchListed(session, definition, location);
  } catch (error) {
    if (!(error instanceof TwilioError && isGone(definition, error)))
      throw explain(error, definition, "read", what, session.endpoint);
    const { endpoint, accountSid } = session;
    const place = endpoint === undefined ? `account ${accountSid}` : `account ${accountSid} at ${endpoint}`;
    throw new UserError(
      `${what} is not in ${place}, and the state does not say that this is where it was made.\n` +
        `Fix: correct ${endpoint === undefined ? "twilio:region" : "twilio:endpoint"}; or, to make anew what was deleted, ` +
        `npx flex-stack up --refresh --stack ${stack}, or with Pulumi alone pulumi up --refresh --stack ${stack}`,
      { cause: error },
    );
  }
}
