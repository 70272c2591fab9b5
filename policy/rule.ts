import type { Plan, PlannedResource } from "./planned.ts";

/** `mandatory` refuses the change, `advisory` only says so. */
export const levels = ["mandatory", "advisory", "disabled"] as const;
export type Level = (typeof levels)[number];

/**
 * Tells of a violation.
 *
 * @param resource Whose fault it is; undefined when it is the whole stack's.
 * @param path Where in its properties, e.g. `permissions[7]`; empty for the resource itself.
 * @param problem What is wrong there, after the path, e.g. `is "createChannel", …`.
 * @param fix What to do, where the rule's own fix is too general.
 */
export type Report = (
  resource: Pick<PlannedResource, "name" | "urn"> | undefined,
  path: string,
  problem: string,
  fix?: string,
) => void;

export interface Rule {
  /** Unique, in kebab case; what `flex-messaging:policy` calls it. */
  readonly id: string;
  readonly severity: "low" | "medium" | "high" | "critical";
  /** Unless the stack says otherwise. */
  readonly level: Level;
  /** What must hold, as a sentence. */
  readonly description: string;
  /** What happens where it does not hold. */
  readonly why: string;
  /** What to do about a violation. */
  readonly fix: string;
  /**
   * `resource`: judged one at a time, each before it is changed. `stack`: judged together, when all are
   * planned; an update that nobody previewed has then been done.
   */
  readonly scope: "resource" | "stack";
  readonly check: (plan: Plan, report: Report) => void;
}

/** The rules, once it is sure that each has an id of its own. */
export function registry(rules: readonly Rule[]): readonly Rule[] {
  const seen = new Set<string>();
  for (const { id } of rules) {
    if (!/^[a-z]+(-[a-z]+)+$/.test(id)) throw new Error(`The rule id "${id}" is not in kebab case.`);
    if (seen.has(id)) throw new Error(`Two rules have the id "${id}"; give one of them another.`);
    seen.add(id);
  }
  return rules;
}
