import { Account, readConfiguration, whereaboutsOf, type Whereabouts } from "../../provider/access.ts";
import { nameOf } from "../changes/resource-change.ts";
import { parseEndpoint } from "../local-twilio/endpoint.ts";
import { identityBehind } from "../local-twilio/local-twilio.ts";
import { remoteResources, type DeployedResource } from "../state/deployment.ts";
import type { StackSession } from "../session/stack-session.ts";
import { isDefaultProvider, twilioProvider } from "./recorded-place.ts";

/** A provider that the program makes, with settings of its own, and what the state has under it. */
export interface OwnProvider {
  readonly urn: string;
  readonly name: string;
  readonly recorded: Whereabouts;
  readonly resources: readonly DeployedResource[];
}

/** Those that look after something at Twilio. */
export function ownProviders(deployed: readonly DeployedResource[]): readonly OwnProvider[] {
  const remote = remoteResources(deployed);
  return deployed
    .filter((one) => one.type === twilioProvider && !isDefaultProvider(one))
    .map(({ urn, inputs }) => ({
      ...{ urn, name: nameOf(urn), recorded: whereaboutsOf(inputs) },
      resources: remote.filter(({ provider }) => provider?.startsWith(`${urn}::`)),
    }))
    .filter(({ resources }) => resources.length > 0);
}

/** What listens where a provider's resources were: nothing, no local Twilio, or which one. */
export async function whatListens({ recorded }: OwnProvider, stack: string): Promise<string | undefined> {
  const { endpoint, localTwilio } = recorded;
  if (endpoint === undefined || localTwilio === undefined) return undefined;
  return identityBehind(parseEndpoint(endpoint, stack));
}

/**
 * Whether the recorded settings of each provider still lead to its account. Where they do not, a token was rotated or
 * a local Twilio has moved, and the program may know better.
 */
export async function recordOpens(
  { name, runPulumi }: Pick<StackSession, "name" | "runPulumi">,
  own: readonly OwnProvider[],
  signal: AbortSignal,
): Promise<boolean> {
  const { stdout } = await runPulumi("stack", "export", "--show-secrets", "--stack", name);
  const { deployment } = JSON.parse(stdout) as { deployment?: { resources?: DeployedResource[] } };
  const inputs = new Map(deployment?.resources?.map((one) => [one.urn, one.inputs]));
  const opened = await Promise.all(own.map(({ urn }) => opens(inputs.get(urn) ?? {}, signal)));
  return opened.every(Boolean);
}

async function opens(inputs: Readonly<Record<string, unknown>>, signal: AbortSignal): Promise<boolean> {
  const values = Object.fromEntries(
    Object.entries(inputs).flatMap(([name, value]) => {
      const plain = plainText(value);
      return plain === undefined ? [] : [[name, plain]];
    }),
  );
  const { configuration } = readConfiguration(values, process.env);
  if (configuration === undefined) return false;
  const account = new Account({ ...configuration, maxRetries: 0 }, signal);
  try {
    await account.clients();
    return true;
  } catch {
    return false;
  } finally {
    account.transport.close();
  }
}

/** What is encrypted stands, decrypted, as JSON in a map. */
export function plainText(value: unknown): string | undefined {
  if (typeof value === "string") return value;
  if (typeof value !== "object" || value === null) return undefined;
  const text: unknown = Reflect.get(value, "plaintext");
  const inner: unknown = typeof text === "string" ? JSON.parse(text) : undefined;
  return typeof inner === "string" ? inner : undefined;
}
