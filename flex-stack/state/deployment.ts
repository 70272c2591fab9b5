/** One resource as the state has it, secrets encrypted. */
export interface DeployedResource {
  urn: string;
  type: string;
  custom: boolean;
  id?: string | undefined;
  /** URN and ID of the provider that looks after it. */
  provider?: string | undefined;
  delete: boolean;
  protect: boolean;
  retainOnDelete: boolean;
  /** When it came into the stack, ISO 8601; states of old Pulumi versions do not say. */
  created?: string | undefined;
  inputs: Record<string, unknown>;
  outputs: Record<string, unknown>;
}

/** What Pulumi was doing with a resource when it ended. */
export interface PendingOperation {
  type: string;
  resource: Pick<DeployedResource, "urn" | "type" | "custom" | "inputs">;
}

interface Exported {
  deployment?: {
    manifest?: { time?: string };
    resources?: StoredResource[] | null;
    pending_operations?: { type: string; resource: StoredResource }[] | null;
  } | null;
}

/** Pulumi leaves out what is false or empty. */
type StoredResource = Pick<DeployedResource, "urn" | "type"> & Partial<DeployedResource>;

/** What `pulumi stack export` prints, as far as it is of use here. */
export function readDeployment(json: string): DeployedResource[] {
  return (deploymentIn(json)?.resources ?? []).map(complete).filter((item) => !item.delete);
}

/** The operations that an exported state has as begun and not ended. */
export function pendingOperations(json: string): PendingOperation[] {
  return (deploymentIn(json)?.pending_operations ?? []).map(({ type, resource }) => ({
    type,
    resource: complete(resource),
  }));
}

/** When an exported state was last written, ISO 8601. */
export function writtenAt(json: string): string | undefined {
  return deploymentIn(json)?.manifest?.time;
}

function deploymentIn(json: string): Exported["deployment"] {
  return (JSON.parse(json) as Exported).deployment;
}

function complete(stored: StoredResource): DeployedResource {
  const { urn, type, id, provider, created } = stored;
  return {
    urn,
    type,
    custom: stored.custom ?? false,
    delete: stored.delete ?? false,
    protect: stored.protect ?? false,
    retainOnDelete: stored.retainOnDelete ?? false,
    inputs: stored.inputs ?? {},
    outputs: stored.outputs ?? {},
    ...(id !== undefined && { id }),
    ...(provider !== undefined && { provider }),
    ...(created !== undefined && { created }),
  };
}

/** Resources that stand for something at Twilio. */
export function remoteResources(resources: readonly DeployedResource[]): DeployedResource[] {
  return resources.filter(({ custom, type }) => custom && !type.startsWith("pulumi:"));
}

/** The outputs that a stack had after its last update; secrets are encrypted. */
export function outputsOf(resources: readonly DeployedResource[]): Readonly<Record<string, unknown>> {
  return resources.find(({ type }) => type === "pulumi:pulumi:Stack")?.outputs ?? {};
}
