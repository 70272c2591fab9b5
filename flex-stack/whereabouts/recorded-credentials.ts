import { accountSettings } from "../account/settings.ts";
import type { DeployedResource } from "../state/deployment.ts";
import { plainText } from "./own-providers.ts";
import { defaultProvider } from "./recorded-place.ts";
import type { StackSession } from "../session/stack-session.ts";

/**
 * Whether the state records another token or secret than the configuration has: Pulumi would compare and delete with
 * the recorded one. Where that can't be found out, it does so, and Twilio tells.
 */
export async function credentialsChanged(
  session: Pick<StackSession, "name" | "settings" | "runPulumi">,
  deployed: readonly DeployedResource[],
): Promise<boolean> {
  const { authToken, apiSecret } = defaultProvider(deployed)?.inputs ?? {};
  // The environment's are not recorded, and the provider takes them from there each time.
  if (authToken === undefined && apiSecret === undefined) return false;
  try {
    const { stdout } = await session.runPulumi(
      ...["stack", "export", "--show-secrets", "--stack", session.name],
    );
    const recorded = recordedPassword(stdout);
    return recorded !== undefined && recorded !== (await accountSettings(session)).password;
  } catch {
    return false;
  }
}

/** Token or secret of the stack's default provider, in a state that was exported with its secrets. */
export function recordedPassword(exported: string): string | undefined {
  const { deployment } = JSON.parse(exported) as { deployment?: { resources?: DeployedResource[] } };
  const { authToken, apiSecret } = defaultProvider(deployment?.resources ?? [])?.inputs ?? {};
  return plainText(apiSecret ?? authToken);
}
