import { z } from "zod";

const resource = z.object({
  urn: z.string(),
  type: z.string(),
  custom: z.boolean().default(false),
  id: z.string().optional(),
  /** URN and ID of the provider that looks after it. */
  provider: z.string().optional(),
  delete: z.boolean().default(false),
  protect: z.boolean().default(false),
  retainOnDelete: z.boolean().default(false),
  /** When it came into the stack, ISO 8601; states of old Pulumi versions do not say. */
  created: z.string().optional(),
  inputs: z.record(z.string(), z.unknown()).default({}),
  outputs: z.record(z.string(), z.unknown()).default({}),
});

const pendingOperation = z.object({
  type: z.string(),
  resource: z.object({
    urn: z.string(),
    type: z.string(),
    custom: z.boolean().default(false),
    inputs: z.record(z.string(), z.unknown()).default({}),
  }),
});

const exported = z.object({
  deployment: z
    .object({
      manifest: z.object({ time: z.string().optional() }).default({}),
      resources: z
        .array(resource)
        .nullish()
        .transform((list) => list ?? []),
      pending_operations: z
        .array(pendingOperation)
        .nullish()
        .transform((list) => list ?? []),
    })
    .nullish(),
});

/** One resource as the state has it, secrets encrypted. */
export type DeployedResource = z.infer<typeof resource>;

/** What Pulumi was doing with a resource when it ended. */
export type PendingOperation = z.infer<typeof pendingOperation>;

/** What `pulumi stack export` prints, as far as it is of use here. */
export function readDeployment(json: string): DeployedResource[] {
  const { deployment } = exported.parse(JSON.parse(json));
  return (deployment?.resources ?? []).filter((item) => !item.delete);
}

/** The operations that an exported state has as begun and not ended. */
export function pendingOperations(json: string): PendingOperation[] {
  return exported.parse(JSON.parse(json)).deployment?.pending_operations ?? [];
}

/** When an exported state was last written, ISO 8601. */
export function writtenAt(json: string): string | undefined {
  return exported.parse(JSON.parse(json)).deployment?.manifest.time;
}

/** Resources that stand for something at Twilio. */
export function remoteResources(resources: readonly DeployedResource[]): DeployedResource[] {
  return resources.filter(({ custom, type }) => custom && !type.startsWith("pulumi:"));
}
