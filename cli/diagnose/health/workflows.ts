import { describeProblem, validateWorkflow } from "../../../routing/index.ts";
import { consolePage } from "../console-page.ts";
import type { Problem } from "../finding.ts";
import type { Check } from "./check.ts";

/** Workflows that lead to deleted queues, or can't be evaluated. */
export const workflows: Check = {
  name: "workflows",
  holds: "Every workflow can be evaluated and leads to queues that are there.",
  async find({ reads, repair }) {
    const queues = new Set((await reads.taskrouter.queues()).map(({ sid }) => sid));
    const found: Problem[] = [];
    for (const { sid, friendlyName, configuration, workspaceSid } of await reads.taskrouter.workflows()) {
      const page = consolePage.workflow(workspaceSid, sid);
      const { configuration: parsed, problems } = validateWorkflow(configuration);
      const error = problems.find(({ severity }) => severity === "error");
      if (parsed === undefined || error !== undefined) {
        found.push({
          cause: "workflow-invalid",
          sentence: `The workflow ${friendlyName} (${sid}) can't be evaluated${error === undefined ? "" : `: ${describeProblem(error)}`}.`,
          fix: repair.or("Correct it", sid),
          page,
        });
        continue;
      }
      const { filters = [], default_filter } = parsed.task_routing;
      const named = [
        ...filters.flatMap(({ targets }) => targets.map(({ queue }) => queue)),
        default_filter?.queue,
      ];
      const missing = new Set(named.filter((queue) => queue !== undefined && !queues.has(queue)));
      if (missing.size > 0)
        found.push({
          cause: "queue-missing",
          sentence: `The workflow ${friendlyName} (${sid}) leads to ${missing.size === 1 ? "queue" : "queues"} ${[...missing].join(", ")}, which ${missing.size === 1 ? "does" : "do"} not exist: nobody gets tasks there.`,
          fix: repair.or("Point it to queues that exist", sid),
          page,
        });
    }
    return found;
  },
};
