import { attributesRead, targetedRouting } from "../../../routing/index.ts";
import type { Rule } from "../../rule.ts";
import { demandsWorker, expressionOf, isTargeted, taskAttribute } from "./targeted.ts";
import { placeOf, routingOf } from "./workflow.ts";

const contactUri = "contact_uri";
const expected = `task.${taskAttribute} == worker.${contactUri}`;

export const targetedAttribute: Rule = {
  id: "targeted-routing-attribute",
  severity: "medium",
  level: "advisory",
  description: `What a task has in ${taskAttribute} is compared with ${contactUri}.`,
  why: `Components of this project, and plugins that Twilio publishes, put a worker's ${contactUri} there; another attribute of the worker then equals it for nobody.`,
  fix: `Compare ${expected}, or use another attribute of the task for another one of the worker.`,
  scope: "resource",
  check(plan, report) {
    for (const workflow of plan.of("twilio:taskrouter:Workflow"))
      routingOf(workflow)?.filters?.forEach((filter, f) => {
        const place = `task_routing.filters[${f}]`;
        let asked = filter.targets.some(isTargeted);
        filter.targets.forEach((target, t) => {
          const expression = expressionOf(target.expression);
          if (!expression || !attributesRead(expression).includes(`task.${taskAttribute}`)) return;
          asked = true;
          const found = targetedRouting(expression);
          if (found?.taskAttribute !== taskAttribute || found.workerAttribute === contactUri) return;
          report(
            workflow,
            placeOf(`${place}.targets[${t}].expression`),
            `compares ${taskAttribute} with worker.${found.workerAttribute}`,
          );
        });
        if (demandsWorker(filter) && !asked)
          report(
            workflow,
            placeOf(place),
            `takes tasks that name a worker (${filter.expression}), and no target asks whom`,
          );
      });
  },
};
