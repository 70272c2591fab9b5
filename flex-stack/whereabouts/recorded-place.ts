import {
  compareWhereabouts,
  whereaboutsOf,
  type Comparison,
  type Whereabouts,
} from "../../provider/access.ts";
import { nameOf } from "../changes/resource-change.ts";
import { remoteResources, type DeployedResource } from "../state/deployment.ts";

/** Where the state says that a stack's resources are, held against where its configuration leads. */
export interface Place {
  /** What is at Twilio. */
  readonly resources: readonly DeployedResource[];
  readonly recorded: Whereabouts;
  readonly comparison: Comparison;
  /** The configuration leads there another way: by another port or another API key. */
  readonly otherWay: boolean;
}

export interface Configured extends Whereabouts {
  readonly apiKey?: string | undefined;
}

/**
 * Compares the recorded inputs of the stack's default provider, which takes its settings from the configuration, with
 * the configuration. Providers that the program makes have settings of their own: see own-providers.ts.
 *
 * @returns undefined when the state has nothing at Twilio, or does not say where
 */
export function recordedPlace(
  deployed: readonly DeployedResource[],
  configured: Configured,
): Place | undefined {
  const provider = defaultProvider(deployed);
  if (provider === undefined) return undefined;
  const resources = remoteResources(deployed).filter(
    (one) => one.provider === undefined || one.provider.startsWith(`${provider.urn}::`),
  );
  if (resources.length === 0) return undefined;
  const recorded = whereaboutsOf(provider.inputs);
  const apiKey = provider.inputs["apiKey"];
  return {
    resources,
    recorded,
    comparison: compareWhereabouts(recorded, configured),
    otherWay:
      withoutSlash(recorded.endpoint) !== withoutSlash(configured.endpoint) ||
      (typeof apiKey === "string" && configured.apiKey !== undefined && apiKey !== configured.apiKey),
  };
}

/** Pulumi's own for `twilio`, named after its version. */
export function defaultProvider(deployed: readonly DeployedResource[]): DeployedResource | undefined {
  return deployed.find((one) => one.type === twilioProvider && isDefaultProvider(one));
}

export const twilioProvider = "pulumi:providers:twilio";

export function isDefaultProvider({ urn }: Pick<DeployedResource, "urn">): boolean {
  return /^default(_|$)/.test(nameOf(urn));
}

function withoutSlash(url: string | undefined): string | undefined {
  return url?.replace(/\/+$/, "");
}
