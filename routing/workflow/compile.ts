import type { Path } from "../expression/ast.ts";
import { compileSource, type CompiledExpression } from "../expression/compiled.ts";
import { parsePath } from "../expression/path.ts";
import { filterName, type WorkflowFilter, type WorkflowTarget } from "./configuration.ts";
import { parseOrderBy, type OrderTerm } from "./order.ts";
import { WorkflowError } from "./problem.ts";
import { toNumber, validateWorkflow } from "./validate.ts";

/** A Workflow made ready to route tasks. */
export interface CompiledWorkflow {
  readonly filters: readonly CompiledFilter[];
  /** Queue of the default filter. */
  readonly defaultQueueSid: string | undefined;
}

export interface CompiledFilter {
  readonly name: string;
  readonly expression: CompiledExpression;
  readonly targets: readonly CompiledTarget[];
}

export interface CompiledTarget {
  /** Its own, or inherited from the target before. */
  readonly queueSid: string;
  readonly expression: CompiledExpression | undefined;
  readonly priority: number | undefined;
  /** Seconds. */
  readonly timeout: number | undefined;
  readonly orderBy: readonly OrderTerm[];
  readonly skipIf: CompiledExpression | undefined;
  readonly knownWorker: KnownWorkerKey | undefined;
}

/** The task attribute that names the only worker of a step. */
export interface KnownWorkerKey {
  readonly by: "sid" | "friendly_name";
  /** As in the configuration, `task.` included. */
  readonly path: Path;
}

/**
 * Makes a configuration (JSON text, or parsed) ready for `routeTask`.
 *
 * @throws WorkflowError with every error of the configuration.
 */
export function compileWorkflow(json: unknown): CompiledWorkflow {
  const { configuration, problems } = validateWorkflow(json);
  if (!configuration) throw new WorkflowError(problems.filter(({ severity }) => severity === "error"));
  const { filters, default_filter } = configuration.task_routing;
  return { filters: (filters ?? []).map(compileFilter), defaultQueueSid: default_filter?.queue };
}

function compileFilter(filter: WorkflowFilter, index: number): CompiledFilter {
  let queueSid = "";
  const targets = filter.targets.map((target) => {
    queueSid = target.queue ?? queueSid;
    return compileTarget(target, queueSid);
  });
  return { name: filterName(filter, index), expression: compileSource(filter.expression), targets };
}

function compileTarget(target: WorkflowTarget, queueSid: string): CompiledTarget {
  return {
    queueSid,
    expression: compileOptional(target.expression),
    priority: toNumber(target.priority),
    timeout: toNumber(target.timeout),
    orderBy: target.order_by == null ? [] : parseOrderBy(target.order_by),
    skipIf: compileOptional(target.skip_if),
    knownWorker:
      knownWorker("sid", target.known_worker_sid) ??
      knownWorker("friendly_name", target.known_worker_friendly_name),
  };
}

/** JSON may say null where the type says absent. */
function compileOptional(source: string | null | undefined): CompiledExpression | undefined {
  return source == null ? undefined : compileSource(source);
}

function knownWorker(
  by: KnownWorkerKey["by"],
  source: string | null | undefined,
): KnownWorkerKey | undefined {
  const path = source == null ? undefined : parsePath(source);
  return path && { by, path };
}
