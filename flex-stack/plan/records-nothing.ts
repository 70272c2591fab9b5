import { z } from "zod";

const list = z.array(z.string()).nullish();
const dependencies = z.record(z.string(), list).nullish();
const timeouts = z.record(z.string(), z.unknown()).nullish();

/** What both a plan and a state say of a resource. */
const common = {
  type: z.string(),
  custom: z.boolean().optional(),
  parent: z.string().optional(),
  protect: z.boolean().nullish(),
  provider: z.string().optional(),
  dependencies: list,
  propertyDependencies: dependencies,
  additionalSecretOutputs: list,
  aliases: list,
  customTimeouts: timeouts,
};
const nothing = z.strictObject({});

const unchanged = z.object({
  steps: z.tuple([z.literal("same")]),
  goal: z.strictObject({
    ...common,
    name: z.string(),
    inputDiff: nothing,
    outputDiff: nothing,
    deleteBeforeReplace: z.boolean().nullish(),
    ignoreChanges: list,
    // Older names and types to find it by. None is recorded, and what one finds has another URN in the state.
    structuredAliases: z.unknown().optional(),
  }),
});

const recorded = z.strictObject({
  ...common,
  urn: z.string(),
  id: z.string().optional(),
  inputs: z.unknown().optional(),
  outputs: z.unknown().optional(),
  created: z.unknown().optional(),
  modified: z.unknown().optional(),
  // Where the program asks for it: that a line was moved is nothing to record.
  sourcePosition: z.unknown().optional(),
  stackTrace: z.unknown().optional(),
});

const plan = z.object({ resourcePlans: z.record(z.string(), unchanged) });
const exported = z.object({
  deployment: z.object({
    resources: z.array(recorded).default([]),
    pending_operations: z.array(z.unknown()).max(0).nullish(),
  }),
});

/**
 * Whether an update would leave a state as it is: the program asks for each resource that it holds, as it is recorded,
 * and for no other. What either of them has that is not known here counts as something to record.
 *
 * @param planned A plan as `pulumi preview --save-plan` writes it.
 * @param state A state as `pulumi stack export` prints it.
 */
export function recordsNothing(planned: unknown, state: unknown): boolean {
  const goals = plan.safeParse(planned);
  const held = exported.safeParse(state);
  if (!goals.success || !held.success) return false;
  const { resourcePlans } = goals.data;
  const { resources } = held.data.deployment;
  if (resources.length !== Object.keys(resourcePlans).length) return false;
  return resources.every((resource) => {
    const goal = resourcePlans[resource.urn]?.goal;
    return goal !== undefined && spelled(goal) === spelled(resource);
  });
}

/** What is common, in one spelling: absent, null and empty are one, and lists of names have no order. */
function spelled(resource: z.infer<z.ZodObject<typeof common>>): string {
  const { propertyDependencies, customTimeouts } = resource;
  return JSON.stringify([
    resource.type,
    resource.custom ?? false,
    resource.parent ?? "",
    resource.protect ?? false,
    resource.provider ?? "",
    sorted(resource.dependencies),
    sortedEntries(propertyDependencies).map(([name, urns]) => [name, sorted(urns)]),
    sorted(resource.additionalSecretOutputs),
    sorted(resource.aliases),
    sortedEntries(customTimeouts),
  ]);
}

function sorted(names: readonly string[] | null | undefined): string[] {
  return [...(names ?? [])].sort();
}

function sortedEntries<T>(map: Record<string, T> | null | undefined): [string, T][] {
  return Object.entries(map ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
}
