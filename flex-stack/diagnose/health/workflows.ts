import { describeProblem, validateWorkflow } from "../../../routing/index.ts";
import { consolePage } from "../console-page.ts";
import type { Problem } from "../finding.ts";
import type { Check } from "./check.ts";
import { Surroundings, ended, readWorkflow } from "../../meaning/index.ts";

/** Workflows that lead to deleted queues or end in nothing, or can't be evaluated. */
export const workflows: Check = {
  name: "workflows",
  holds: "Every workflow can be evaluated and leads to queues that are there, and to an agent in the end.",
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
      found.push(...cancellations(configuration, friendlyName, sid, page));
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

/** Filters whose tasks are canceled when the last target's time is over: no target without one, and no default. */
function cancellations(configuration: string, name: string, sid: string, page: string): Problem[] {
  const workflow = readWorkflow(configuration, new Surroundings([]));
  if (workflow === undefined) return [];
  return ended(workflow)
    .filter(({ journey }) => journey.end === "canceled")
    .map(({ task, journey }) => ({
      cause: "workflow-cancels",
      sentence: `The workflow ${name} (${sid}) cancels tasks with ${task.label} when nobody took them in time: ${journey.stops.length === 1 ? "the one target has" : "all targets have"} a timeout.`,
      fix: "Add a target without a timeout at the end, of a queue that somebody serves.",
      page,
    }));
}
