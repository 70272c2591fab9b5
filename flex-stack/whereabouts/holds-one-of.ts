import { TwilioError } from "../../provider/access.ts";
import { withAccount } from "../account/account.ts";
import type { DeployedResource } from "../state/deployment.ts";
import type { StackRun } from "../session/stack-run.ts";

/** Requests that are enough to tell a place where things are from one where they never were. */
const enough = 5;

/**
 * Whether the account has one of what a stack made. What it took over proves nothing: the first things of all local
 * Twilios have the same SIDs.
 */
export async function holdsOneOf(run: StackRun, resources: readonly DeployedResource[]): Promise<boolean> {
  const urls = resources.flatMap(({ outputs }) =>
    outputs["adopted"] !== true && isTwilioUrl(outputs["url"]) ? [outputs["url"]] : [],
  );
  if (urls.length === 0) return true;
  return withAccount(run, async ({ client }) => {
    for (const uri of urls.slice(0, enough)) {
      try {
        await client.request({ method: "get", uri });
        return true;
      } catch (error) {
        if (!(error instanceof TwilioError && error.status === 404)) throw error;
      }
    }
    return false;
  });
}

function isTwilioUrl(value: unknown): value is string {
  return typeof value === "string" && /^https:\/\/[a-z-]+\.twilio\.com\//.test(value);
}
