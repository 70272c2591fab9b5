import type { Drift } from "../changes/drift.ts";
import type { PropertyChange } from "../changes/resource-change.ts";
import { fingerprint } from "./fingerprint.ts";
import {
  differenceMeaning,
  isAgentRole,
  meaningOf,
  routingPicture,
  type RoutingPicture,
  type Statement,
  type Subject,
  type Surroundings,
} from "../meaning/index.ts";

export const findingKinds = ["changed", "deleted", "unmanaged"] as const;

/**
 * `changed`: a property is not what the stack left. `deleted`: the resource is not there any more. `unmanaged`: it
 * appeared in something that the stack manages, and the stack does not know it.
 */
export type FindingKind = (typeof findingKinds)[number];

/** One thing that was changed outside Pulumi: a property, or a whole resource. */
export interface Finding {
  readonly kind: FindingKind;
  /** Pulumi's type token, such as `twilio:taskrouter:TaskQueue`. */
  readonly type: string;
  /** As the program names it; what is unmanaged has the name it has at Twilio. */
  readonly name: string;
  /** What people at Twilio's console know it by; the name where it has no other. */
  readonly title: string;
  /** Undefined for what is unmanaged. */
  readonly urn: string | undefined;
  /** The provider's id: SIDs from the outermost parent, `WS…/WQ…`. */
  readonly id: string;
  /** The input that differs, such as `permissions`; undefined for a whole resource. */
  readonly property: string | undefined;
  /** Where inside the property, from what the stack says to what the account says. */
  readonly changes: readonly PropertyChange[];
  readonly statements: readonly Statement[];
  /** Of a workflow whose configuration was changed: where tasks go now. */
  readonly picture: RoutingPicture | undefined;
  /** The account's value of the property, or what is known of an unmanaged resource. */
  readonly account: unknown;
  /** When it was made, ISO 8601, where it is unmanaged and Twilio says so. */
  readonly since: string | undefined;
  /** Without the agent role's permissions no message reaches an agent. */
  readonly agentRole: boolean;
  /** What made it so, where that was nobody. */
  readonly cause?: string | undefined;
  /** The same as long as the account says the same; another drift has another. */
  readonly fingerprint: string;
}

/**
 * Whether only another resource could be what the stack says: Twilio can't set the property back by the stack's API. What is
 * in the resource would go with it.
 */
export function needsAnother({ kind, changes }: Pick<Finding, "kind" | "changes">): boolean {
  return kind === "changed" && changes.some(({ replaces }) => replaces);
}

/** The findings of one resource that a comparison found changed or gone: one for each property. */
export function findingsOf(drift: Drift, surroundings: Surroundings): Finding[] {
  const { urn, type, name, id = "", before, after } = drift;
  const resource = {
    type,
    name,
    title: titleOf(before) ?? name,
    urn,
    id,
    since: undefined,
    agentRole: isAgentRole(type, before),
  };
  if (after === undefined) {
    const kind = "deleted" as const;
    return [
      {
        ...resource,
        kind,
        property: undefined,
        changes: [],
        statements: meaningOf({ type, name, before, after: undefined }, surroundings),
        picture: undefined,
        account: undefined,
        fingerprint: fingerprint(kind, urn, id),
      },
    ];
  }
  const kind = "changed" as const;
  const byProperty = Map.groupBy(drift.properties, ({ path }) => topLevel(path));
  return [...byProperty].map(([property, changes]) => ({
    ...resource,
    kind,
    property,
    changes,
    statements: statementsOf({ type, name, before, after, differences: changes }, surroundings),
    picture:
      property === "configuration" && type === "twilio:taskrouter:Workflow"
        ? routingPicture({ type, name, before, after }, surroundings)
        : undefined,
    account: after[property],
    fingerprint: fingerprint(kind, urn, id, property, after[property]),
  }));
}

/** What differs by its meaning; what has none that is known, a key of Twilio's to come for one, as it stands there. */
function statementsOf(
  subject: Subject & { differences: readonly PropertyChange[] },
  surroundings: Surroundings,
): Statement[] {
  const meaning = meaningOf(subject, surroundings);
  if (meaning.length > 0) return meaning;
  return subject.differences.map((difference) => differenceMeaning(difference, surroundings));
}

/** `limits` of `limits.channelMembers`. */
function topLevel(path: string): string {
  return /^[^.[]+/.exec(path)?.[0] ?? path;
}

/** What a person at Twilio's console calls a resource with these properties. */
export function titleOf(properties: Readonly<Record<string, unknown>>): string | undefined {
  const names = ["friendlyName", "uniqueName", "phoneNumber", "address", "identity"];
  return names.map((key) => properties[key]).find((value) => typeof value === "string" && value !== "") as
    string | undefined;
}
