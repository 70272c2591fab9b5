import { targetedRouting } from "../../../routing/index.ts";
import type { Rule } from "../../rule.ts";
import {
  addressesWorker,
  demandsWorker,
  expressionOf,
  isTargeted,
  targetedExpression,
  taskAttribute,
  workerAttribute,
} from "./targeted.ts";
import { placeOf, routingOf } from "./workflow.ts";

export const targetedExpressionRule: Rule = {
  id: "targeted-routing-expression",
  severity: "critical",
  level: "mandatory",
  description: `Targeted routing compares ${targetedExpression}.`,
  why: "With any other comparison the task goes to nobody, or to somebody who does not know the customer.",
  fix: `Use the expression ${targetedExpression} in the first target, alone or with AND.`,
  scope: "resource",
  check(plan, report) {
    for (const workflow of plan.of("twilio:taskrouter:Workflow"))
      routingOf(workflow)?.filters?.forEach((filter, f) => {
        const place = `task_routing.filters[${f}]`;
        filter.targets.forEach((target, t) => {
          const expression = expressionOf(target.expression);
          if (!expression || !addressesWorker(expression)) return;
          const found = targetedRouting(expression);
          if (found?.taskAttribute === taskAttribute && found.workerAttribute === workerAttribute) return;
          report(
            workflow,
            placeOf(`${place}.targets[${t}].expression`),
            `is ${target.expression}, which does not name one worker`,
          );
        });
        const wrong = filter.targets.some(({ expression }) => {
          const parsed = expressionOf(expression);
          return parsed !== undefined && addressesWorker(parsed);
        });
        if (demandsWorker(filter) && !wrong && !filter.targets.some(isTargeted))
          report(
            workflow,
            placeOf(place),
            `takes tasks that name a worker (${filter.expression}), and no target compares them with one`,
          );
      });
  },
};
