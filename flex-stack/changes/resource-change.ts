import type {
  PropertyDiff,
  StepEventMetadata,
  StepEventStateMetadata,
} from "@pulumi/pulumi/automation/index.js";
import { isPurchase } from "./purchase.ts";
import { isAdopted, staysAtTwilio } from "./left-in-place.ts";
import { differences, type Difference } from "../values/difference.ts";
import type { Subject } from "./subject.ts";
import { parsePropertyPath, valueAt } from "../values/property-path.ts";

/** What can happen to a resource, as a person thinks of it: one word, however many steps Pulumi takes. */
export const changeKinds = [
  "create",
  "buy",
  "adopt",
  "import",
  "update",
  "replace",
  "delete",
  "leave",
  "rename",
  "forget",
  "read",
  "same",
] as const;

export type ChangeKind = (typeof changeKinds)[number];

export type ChangeStatus = "planned" | "running" | "done" | "failed";

export interface PropertyChange extends Difference {
  /** This difference alone makes Pulumi replace the resource. */
  replaces: boolean;
}

export interface ResourceChange {
  urn: string;
  /** Pulumi's type token, such as `twilio:taskrouter:TaskQueue`. */
  type: string;
  name: string;
  kind: ChangeKind;
  status: ChangeStatus;
  /** The provider's id, once known: SIDs from the outermost parent, `WS…/WQ…`. */
  id: string | undefined;
  /** Empty for a resource that is created or deleted. */
  properties: PropertyChange[];
  /** All properties before and after, for what their change means; the secret ones are still wrapped. */
  subject: Subject;
  /** False for components, the stack and providers: nothing at Twilio stands for them. */
  remote: boolean;
  /** What the provider had to say about it, such as what an adoption changed. */
  notes: readonly string[];
  /** Of a resource that goes, the name under which its object stays in the stack. */
  nowAs?: string;
  /** The name under which its object was in the stack so far. */
  formerly?: string;
}

const kinds: Readonly<Record<string, ChangeKind>> = {
  same: "same",
  create: "create",
  "create-replacement": "replace",
  update: "update",
  replace: "replace",
  delete: "delete",
  "delete-replaced": "replace",
  read: "read",
  "read-replacement": "replace",
  "read-discard": "forget",
  "discard-replaced": "replace",
  "remove-pending-replace": "replace",
  import: "import",
  "import-replacement": "replace",
};

/** A step of the engine as a change; `undefined` for steps that are none (refresh). */
export function resourceChange(step: StepEventMetadata, status: ChangeStatus): ResourceChange | undefined {
  const state = step.new ?? step.old;
  const kind = kindOf(step);
  if (!kind) return undefined;
  const properties = kind === "update" || kind === "replace" ? propertyChanges(step) : [];
  return {
    urn: step.urn,
    type: step.type,
    name: nameOf(step.urn),
    kind,
    status,
    id: state?.id || step.old?.id || undefined,
    properties,
    subject: subjectOf(step, properties),
    remote: isRemote(step),
    notes: [],
  };
}

/** Whether something at Twilio stands for it: no component, stack or provider. */
export function isRemote(step: StepEventMetadata): boolean {
  return (step.new ?? step.old)?.custom === true && !step.type.startsWith("pulumi:");
}

function kindOf({ op, old: before, new: after }: StepEventMetadata): ChangeKind | undefined {
  if (op === "create" && isAdopted(after)) return "adopt";
  if (op === "create" && isPurchase(after)) return "buy";
  if (op === "delete" && before && staysAtTwilio(before)) return "leave";
  return kinds[op];
}

/** The name a URN ends with. */
export function nameOf(urn: string): string {
  return urn.split("::").at(3) ?? urn;
}

/** The properties that differ, by the provider's own account where it gave one. */
export function propertyChanges(step: StepEventMetadata): PropertyChange[] {
  const { old: before, new: after } = step;
  if (!before || !after) return [];
  return changedPaths(step).flatMap(({ text, path, base, replaces }) => {
    const to = valueAt(after.inputs, path);
    const of = (known: Record<string, unknown>) => {
      const from = valueAt(known, path);
      return { from, found: differences(path, from, to) };
    };
    let { from, found } = of(base);
    // The last update's answer may tell already what somebody changed before it; only the program had it otherwise.
    if (found.length === 0) ({ from, found } = of(before.inputs));
    // Values that look alike still differ when the provider says so: secrets, for one.
    const told =
      found.length > 0 ? found : [{ path: text, kind: "update" as const, before: from, after: to }];
    return told.map((difference) => ({ ...difference, replaces }));
  });
}

/** The resource as it was and as it will be. */
function subjectOf(step: StepEventMetadata, differences: readonly PropertyChange[]): Subject {
  const { old: before, new: after } = step;
  const identity = {
    ...{ type: step.type, name: nameOf(step.urn) },
    ...(kinds[step.op] === "replace" ? fateOf(step) : {}),
  };
  if (!before || !after) return { ...identity, before: before?.inputs, after: after?.inputs };
  const compared = changedPaths(step).flatMap(({ path: [name], base }) =>
    name !== undefined && name in base ? [[name, base[name]] as const] : [],
  );
  return {
    ...identity,
    before: { ...before.inputs, ...Object.fromEntries(compared) },
    after: after.inputs,
    differences,
  };
}

/** Of a replacement, what neither goes nor is made. */
function fateOf({ old: before, new: after }: StepEventMetadata): Pick<Subject, "stays" | "found"> {
  return {
    ...(before && staysAtTwilio(before) ? { stays: true } : {}),
    ...(isAdopted(after) ? { found: true } : {}),
  };
}

interface ChangedPath {
  text: string;
  path: (string | number)[];
  /** What the provider compared with. */
  base: Record<string, unknown>;
  replaces: boolean;
}

/** What differs by the provider's own account, where it gave one. */
function changedPaths(step: StepEventMetadata): ChangedPath[] {
  const { old: before } = step;
  if (!before) return [];
  const detail = Object.entries(step.detailedDiff ?? {});
  const changed: [string, PropertyDiff | undefined][] =
    detail.length > 0 ? detail : (step.diffs ?? []).map((key) => [key, undefined]);
  return changed.map(([text, diff]) => ({
    text,
    path: parsePropertyPath(text),
    base: diff && !diff.inputDiff ? merged(before) : before.inputs,
    replaces: diff ? diff.diffKind.endsWith("-replace") : (step.keys ?? []).includes(text),
  }));
}

/** What is known of a resource: what Twilio answered, and inputs it does not answer with. */
function merged(state: StepEventStateMetadata): Record<string, unknown> {
  return { ...state.inputs, ...state.outputs };
}
