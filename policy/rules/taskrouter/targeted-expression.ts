import {
  comparisonsOf,
  misplacedReferences,
  type Comparison,
  type Expression,
  type Operand,
} from "../../../routing/index.ts";
import type { Rule } from "../../rule.ts";
import { expressionOf } from "./targeted.ts";
import { placeOf, routingOf } from "./workflow.ts";

export const targetedExpressionRule: Rule = {
  id: "targeted-routing-expression",
  severity: "critical",
  level: "mandatory",
  description: "A target that compares the task with the worker names both, as in task.a == worker.b.",
  why: "In a target a name without task. or worker. finds nothing. Compared with the other side it gives the task to nobody, or to workers who lack what was asked for.",
  fix: "Write task. or worker. before the name, e.g. task.targetWorker == worker.contact_uri.",
  scope: "resource",
  check(plan, report) {
    for (const workflow of plan.of("twilio:taskrouter:Workflow"))
      routingOf(workflow)?.filters?.forEach(({ targets }, f) =>
        targets.forEach(({ expression: source = "" }, t) => {
          const expression = expressionOf(source);
          for (const { left, right } of expression ? halfNamed(expression) : [])
            report(
              workflow,
              placeOf(`task_routing.filters[${f}].targets[${t}].expression`),
              `compares ${written(source, left)} with ${written(source, right)}, of which one finds nothing: in a target names start with \`task.\` or \`worker.\``,
            );
        }),
      );
  },
};

/** Comparisons between an attribute of the task or worker and a name that is neither's. */
function halfNamed(expression: Expression): Comparison[] {
  return comparisonsOf(expression).filter((comparison) => {
    const { left, right } = comparison;
    if (left.kind !== "reference" || right.kind !== "reference") return false;
    return misplacedReferences(comparison, "target").length === 1;
  });
}

const written = (source: string, { start, end }: Operand) => source.slice(start, end);
