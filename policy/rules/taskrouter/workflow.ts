import {
  isJsonObject,
  validateWorkflow,
  type WorkflowProblem,
  type WorkflowConfiguration,
} from "../../../routing/index.ts";
import type { PlannedResource } from "../../planned.ts";
import { UNKNOWN } from "../../unknown.ts";

type Workflow = PlannedResource<"twilio:taskrouter:Workflow">;

/** What is wrong with a workflow's configuration, as far as it is known. */
export function problemsOf(workflow: Workflow): WorkflowProblem[] {
  const { configuration } = workflow.properties;
  if (configuration === undefined || configuration === UNKNOWN) return [];
  const unknown: string[] = [];
  const { problems } = validateWorkflow(assumed(configuration, "", unknown));
  return problems.filter(
    ({ path }) => !unknown.some((place) => path === place || path.startsWith(`${place}.`)),
  );
}

/** The filters and default filter of a workflow that TaskRouter would take; undefined when it would not. */
export function routingOf(workflow: Workflow): WorkflowConfiguration["task_routing"] | undefined {
  const { configuration } = workflow.properties;
  if (configuration === undefined || configuration === UNKNOWN) return undefined;
  return validateWorkflow(assumed(configuration, "", [])).configuration?.task_routing;
}

/** `configuration.` and the path of a problem in it. */
export const placeOf = (path: string): string => (path === "" ? "configuration" : `configuration.${path}`);

/** What stands in the place of what nobody knows yet, where its absence would mean something else. */
const stands: Readonly<Record<string, unknown>> = {
  queue: `WQ${"0".repeat(32)}`,
  timeout: 1,
  skip_if: "workers.available == 0",
};

/** The configuration with something in the place of what nobody knows yet: for SIDs any SID does. */
function assumed(value: unknown, path: string, unknown: string[]): unknown {
  if (typeof value === "string" && path === "") return parsed(value);
  if (value === UNKNOWN) {
    unknown.push(path);
    return stands[path.slice(path.lastIndexOf(".") + 1)];
  }
  if (Array.isArray(value)) return value.map((item, index) => assumed(item, `${path}[${index}]`, unknown));
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, child]) => [
      key,
      assumed(child, path === "" ? key : `${path}.${key}`, unknown),
    ]),
  );
}

/** Text stays text where it is no JSON: the validator says why. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
