import { describeValue } from "../expression/explain.ts";
import { describeCauses, describeIneligibility } from "./eligibility.ts";
import type {
  FilterTrace,
  KnownWorkerTrace,
  Placement,
  RoutingOutcome,
  RoutingTrace,
  StepTrace,
  WorkerVerdict,
} from "./trace.ts";

export interface RenderOptions {
  /** How many ineligible workers to list per step; the rest are counted. @default 20 */
  readonly maxWorkers?: number;
  /** Whether queues are told with their SIDs. @default true */
  readonly sids?: boolean;
}

/** A trace as lines for people, indented by two spaces per level, the outcome last. */
export function renderTrace(trace: RoutingTrace, options: RenderOptions = {}): string[] {
  const lines = trace.filters.flatMap((filter) => renderFilter(filter, options));
  if (trace.defaultStep) {
    lines.push("default filter", ...indent(renderStep(trace.defaultStep, options)));
  }
  lines.push(...trace.doubts.map((doubt) => `doubtful at Twilio: ${doubt}`));
  return [...lines, `outcome: ${describeOutcome(trace.outcome, options)}`];
}

/** One line: `offered to Ann in queue Support (WQ…), priority 5, until the task is 30 s old`. */
export function describeOutcome(outcome: RoutingOutcome, options: RenderOptions = {}): string {
  switch (outcome.kind) {
    case "offered":
      return `offered to ${outcome.workers.map(({ friendlyName }) => friendlyName).join(", ")} in ${place(outcome, options)}`;
    case "waiting":
      return `waiting in ${place(outcome, options)}`;
    case "canceled":
      return `canceled: ${outcome.reason}`;
    case "skipped":
      return "removed: skip_if left the last filter, and there is no default filter";
    case "unmatched":
      return "not created: no filter matches, and there is no default filter";
  }
}

function place(placement: Placement, options: RenderOptions): string {
  return `${queue(placement, options)}, priority ${placement.priority}, ${until(placement.until)}`;
}

function queue(
  { queueSid, queueName }: { queueSid: string; queueName: string | undefined },
  { sids = true }: RenderOptions,
): string {
  if (queueName === undefined) return `queue ${queueSid}, which does not exist`;
  return sids ? `queue ${queueName} (${queueSid})` : `queue ${queueName}`;
}

function until(age: number | undefined): string {
  return age === undefined ? "until its own timeout" : `until the task is ${age} s old`;
}

function renderFilter(filter: FilterTrace, options: RenderOptions): string[] {
  const name = JSON.stringify(filter.name);
  const because = filter.causes.length > 0 ? `: ${describeCauses(filter.causes)}` : "";
  if (!filter.matched) return [`filter ${name} does not match${because}`];
  const steps = filter.steps.flatMap((step) => [
    `target ${step.target + 1}`,
    ...indent(renderStep(step, options)),
  ]);
  return [`filter ${name} matches${because}`, ...indent(steps)];
}

function renderStep(step: StepTrace, options: RenderOptions): string[] {
  if (step.result === "timed out") {
    return [`${queue(step, options)}: over since the task was ${step.until} s old`];
  }
  const lines = [`${queue(step, options)}, priority ${step.priority}, ${until(step.until)}`];
  if (step.knownWorker) lines.push(knownWorkerLine(step.knownWorker));
  lines.push(...workerLines(step.workers, options));
  if (step.skipIf) {
    const { value, causes } = step.skipIf;
    lines.push(`skip_if ${value ? "leaves" : "does not leave"} this target: ${describeCauses(causes)}`);
  }
  return lines;
}

function knownWorkerLine({ attribute, value, workerSid }: KnownWorkerTrace): string {
  if (value === undefined) return `${attribute} is missing, so it names no worker`;
  const named = workerSid === undefined ? "which names no worker" : `which names ${workerSid}`;
  return `${attribute} is ${describeValue(value)}, ${named}`;
}

function workerLines(workers: readonly WorkerVerdict[], { maxWorkers = 20 }: RenderOptions): string[] {
  const eligible = workers
    .filter((worker) => worker.eligible)
    .map(({ friendlyName, offered }) =>
      offered ? `${friendlyName} is offered the task` : `${friendlyName} is eligible, after those`,
    );
  const ineligible = workers.filter((worker) => !worker.eligible);
  const lines = ineligible
    .slice(0, maxWorkers)
    .map(
      ({ friendlyName, reasons }) =>
        `${friendlyName} is not eligible: ${reasons.map(describeIneligibility).join("; ")}`,
    );
  const more = ineligible.length - lines.length;
  return [...eligible, ...lines, ...(more > 0 ? [`and ${more} more who are not eligible`] : [])];
}

function indent(lines: readonly string[]): string[] {
  return lines.map((line) => `  ${line}`);
}
