import { compileSource, ExpressionError, validateWorkflow, type JsonObject } from "../../../routing/index.ts";
import { parseAttributes } from "../../twilio/attributes.ts";
import { consolePage } from "../console-page.ts";
import type { Problem } from "../finding.ts";
import type { Check } from "./check.ts";

/** Queues to which workflows lead, and which no worker is in. */
export const queues: Check = {
  name: "queues",
  holds: "Every queue that a workflow leads to has workers.",
  async find({ reads }) {
    const led = new Set(
      (await reads.taskrouter.workflows()).flatMap(({ configuration }) => queuesOf(configuration)),
    );
    const workers = (await reads.taskrouter.workers()).map(
      ({ attributes }) => parseAttributes(attributes) as JsonObject,
    );
    // Of a list that was not read to its end nobody knows who else is in it.
    if (reads.cut.length > 0) return [];
    return (await reads.taskrouter.queues())
      .filter(({ sid, targetWorkers }) => led.has(sid) && isEmpty(targetWorkers, workers))
      .map(({ sid, friendlyName, targetWorkers, workspaceSid }): Problem => ({
        cause: "queue-unserved",
        sentence: `Nobody serves the queue ${friendlyName} (${sid}): no worker of the workspace fits ${targetWorkers || "1==1"}. Tasks wait there for nobody.`,
        fix: "Give a worker what the expression asks for, or change the expression.",
        page: consolePage.queue(workspaceSid, sid),
      }));
  },
};

function queuesOf(configuration: string): string[] {
  const { filters = [], default_filter } = validateWorkflow(configuration).configuration?.task_routing ?? {};
  return [...filters.flatMap(({ targets }) => targets), default_filter].flatMap(
    (target) => target?.queue ?? [],
  );
}

/** An expression that is none is told of elsewhere. */
function isEmpty(targetWorkers: string, workers: readonly JsonObject[]): boolean {
  try {
    const { test } = compileSource(targetWorkers || "1==1");
    return !workers.some((attributes) => test(attributes));
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    return false;
  }
}
