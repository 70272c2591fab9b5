import {
  certainValue,
  printExpression,
  type Expression,
  type WorkflowFilter,
} from "../../../routing/index.ts";
import type { Rule } from "../../rule.ts";
import { messageWorkflows } from "./message-workflows.ts";
import { expressionOf, isEndless, isForOthers, isTargeted } from "./targeted.ts";
import { placeOf, routingOf } from "./workflow.ts";

export const messagesKept: Rule = {
  id: "messages-outlast-one-worker",
  severity: "critical",
  level: "mandatory",
  description: "A customer's message is not dropped because the one worker whom it is for does not take it.",
  why: "When the time of the last target is over TaskRouter cancels the task, and removes it when skip_if leaves the last one and there is no default filter. The customer hears nothing, and no agent ever sees the message.",
  fix: "Put a target of a queue for others after it, or leave out the timeout where the task is to wait for its worker.",
  scope: "stack",
  check(plan, report) {
    for (const workflow of messageWorkflows(plan)) {
      const routing = routingOf(workflow);
      routing?.filters?.forEach((filter, f, filters) => {
        const last = filter.targets.at(-1);
        if (last === undefined || !filter.targets.some(isTargeted)) return;
        if (filter.targets.some((target) => isEndless(target) || isForOthers(target))) return;
        if (filters.slice(f + 1).some((later) => takesFrom(later, filter))) return;
        const place = placeOf(`task_routing.filters[${f}].targets[${filter.targets.length - 1}]`);
        if (last.timeout != null)
          report(
            workflow,
            place,
            `is the last way for its tasks, and only for one worker: they are canceled after its timeout`,
          );
        else if (routing.default_filter == null)
          report(
            workflow,
            place,
            `is the last way for its tasks, and only for one worker: they are removed when skip_if leaves it`,
          );
      });
    }
  },
};

/** Whether a later filter surely matches every task that an earlier one did: always, or by what that demands too. */
function takesFrom(later: WorkflowFilter, earlier: WorkflowFilter): boolean {
  const [wanted, given] = [expressionOf(later.expression), expressionOf(earlier.expression)];
  if (wanted === undefined || given === undefined) return false;
  if (certainValue(wanted) === true) return true;
  const known = new Set(demands(given));
  return demands(wanted).every((demand) => known.has(demand));
}

const demands = (expression: Expression): string[] =>
  (expression.kind === "and" ? expression.operands : [expression]).map(printExpression);
