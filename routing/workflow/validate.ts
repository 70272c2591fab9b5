import { isJsonObject, isScalar, type JsonObject } from "../json.ts";
import { canBeTrue, certainValue, isSwitchedOff } from "../expression/certainty.ts";
import { ExpressionError } from "../expression/error.ts";
import type { Expression } from "../expression/ast.ts";
import { parseExpression } from "../expression/parser.ts";
import { parsePath } from "../expression/path.ts";
import { misplacedReferences, withoutMisplaced, type ExpressionScope } from "../expression/scope.ts";
import { maxConfigurationBytes, maxPriority, type WorkflowConfiguration } from "./configuration.ts";
import { parseOrderBy } from "./order.ts";
import type { WorkflowProblem } from "./problem.ts";

export interface WorkflowValidation {
  /** The configuration, without what is `null`, when no problem is an error. */
  readonly configuration: WorkflowConfiguration | undefined;
  /** Everything found, in the order of the configuration. */
  readonly problems: readonly WorkflowProblem[];
}

export interface ValidationOptions {
  /** SIDs of the queues of the workspace; queues are only checked against it when given. */
  readonly queueSids?: Iterable<string>;
}

/**
 * Checks the Configuration of a Workflow, as JSON text or already parsed, and reports all problems at once.
 * Never throws. `null` counts as absent. Twilio ignores keys it does not know, or so it is taken here: they are
 * notes, and warnings where they look like one that steers routing.
 *
 * What deployed workflows do on purpose is no warning: conditions that are off (`1==0`), be it to hold tasks back for
 * a time or for good, and parts that others keep from being reached. Of a name without `task.` or `worker.` in a
 * target the same is true: Twilio documents that names have them, and workflows without are deployed.
 */
export function validateWorkflow(json: unknown, options: ValidationOptions = {}): WorkflowValidation {
  const validator = new Validator(options.queueSids ? new Set(options.queueSids) : undefined);
  const value = validator.parse(json);
  if (value !== undefined) validator.configuration(value);
  const { problems } = validator;
  const broken = problems.some(({ severity }) => severity === "error");
  return { configuration: broken ? undefined : (withoutNulls(value) as WorkflowConfiguration), problems };
}

/** A value without the members of objects that are `null`: they count as absent. */
function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (!isJsonObject(value)) return value;
  const present = Object.entries(value).filter(([, member]) => isPresent(member));
  return Object.fromEntries(present.map(([name, member]) => [name, withoutNulls(member)]));
}

const keys = {
  configuration: ["task_routing"],
  task_routing: ["filters", "default_filter"],
  default_filter: ["queue"],
  filter: ["filter_friendly_name", "friendly_name", "expression", "targets"],
  target: [
    "queue",
    "expression",
    "priority",
    "timeout",
    "order_by",
    "skip_if",
    "known_worker_sid",
    "known_worker_friendly_name",
  ],
} as const;

/** Keys of a target, as far as a slip in writing leaves them: `orderBy`, `time_out`. */
const steering = new Map([...keys.target, "expression", "targets"].map((key) => [letters(key), key]));

const queueSid = /^WQ[0-9a-f]{32}$/;

class Validator {
  readonly problems: WorkflowProblem[] = [];
  readonly #queueSids: ReadonlySet<string> | undefined;

  constructor(queueSids: ReadonlySet<string> | undefined) {
    this.#queueSids = queueSids;
  }

  parse(json: unknown): unknown {
    if (typeof json !== "string") return json ?? this.#error("", "is missing; give the JSON of a workflow");
    const bytes = Buffer.byteLength(json);
    if (bytes > maxConfigurationBytes) {
      this.#error("", `is ${bytes} bytes long; Twilio takes at most ${maxConfigurationBytes}`);
    }
    try {
      return JSON.parse(json) as unknown;
    } catch (error) {
      return this.#error("", `is not JSON: ${(error as SyntaxError).message}`);
    }
  }

  configuration(value: unknown): void {
    const root = this.#object(value, "", keys.configuration);
    if (!root) return;
    const routing = this.#object(root.task_routing, "task_routing", keys.task_routing);
    if (!routing) return;
    const filters = routing.filters ?? [];
    if (!Array.isArray(filters)) {
      this.#error("task_routing.filters", "must be a list of filters");
    } else {
      this.#filters(filters);
    }
    if (isPresent(routing.default_filter)) this.#defaultFilter(routing.default_filter);
  }

  #filters(filters: readonly unknown[]): void {
    let closed: string | undefined;
    filters.forEach((value, index) => {
      const path = `task_routing.filters[${index}]`;
      if (closed !== undefined) this.#note(path, `is never reached: every task stays in ${closed}`);
      if (this.#filter(value, path)) closed ??= path;
    });
  }

  /** Returns whether the filter takes every task and lets none go on. */
  #filter(value: unknown, path: string): boolean {
    const filter = this.#object(value, path, keys.filter);
    if (!filter) return false;
    for (const key of ["filter_friendly_name", "friendly_name"] as const)
      this.#text(filter[key], `${path}.${key}`);
    const expression = this.#filterExpression(filter.expression, `${path}.expression`);
    const targets = filter.targets;
    if (!Array.isArray(targets) || targets.length === 0) {
      this.#error(`${path}.targets`, "must be a list of at least one target");
      return false;
    }
    const endless = this.#targets(targets, `${path}.targets`);
    return endless && expression !== undefined && certainValue(expression) === true;
  }

  #filterExpression(value: unknown, path: string): Expression | undefined {
    if (!isPresent(value)) return this.#error(path, "is missing; use 1==1 to match every task");
    const expression = this.#expression(value, path, "filter");
    if (!expression) return undefined;
    if (isSwitchedOff(expression)) this.#note(path, "is off: no task matches this filter");
    else if (!canBeTrue(expression)) this.#warning(path, "can never be true: no task matches this filter");
    return expression;
  }

  /** Returns whether a task that enters stays in one of the targets. */
  #targets(targets: readonly unknown[], path: string): boolean {
    let last: string | undefined;
    targets.forEach((value, index) => {
      const at = `${path}[${index}]`;
      if (last !== undefined) {
        this.#note(at, `is never reached: ${last} has neither timeout nor skip_if, so tasks wait there`);
      }
      if (this.#target(value, at, index === 0)) last ??= at;
    });
    return last !== undefined;
  }

  /** Returns whether tasks never leave the target. */
  #target(value: unknown, path: string, first: boolean): boolean {
    const target = this.#object(value, path, keys.target);
    if (!target) return false;
    if (isPresent(target.queue)) this.#queue(target.queue, `${path}.queue`);
    else if (first) this.#error(`${path}.queue`, "is missing; the first target needs the SID of a TaskQueue");
    const endless = !isPresent(target.timeout) && !isPresent(target.skip_if);
    const expression = this.#expression(target.expression, `${path}.expression`, "target");
    if (expression && isSwitchedOff(expression)) {
      // With a way on, it is a delay.
      if (endless)
        this.#note(`${path}.expression`, "is off: no worker gets a task in this step, and tasks wait there");
    } else if (expression && !canBeTrue(expression)) {
      this.#warning(`${path}.expression`, "can never be true: no worker gets a task in this step");
    }
    this.#number(target.priority, `${path}.priority`, `a whole number from 0 to ${maxPriority}`, isPriority);
    this.#number(target.timeout, `${path}.timeout`, "a number of seconds above 0", (seconds) => seconds > 0);
    this.#orderBy(target.order_by, `${path}.order_by`);
    this.#expression(target.skip_if, `${path}.skip_if`, "skip_if");
    this.#knownWorker(target, path);
    return endless;
  }

  #defaultFilter(value: unknown): void {
    const path = "task_routing.default_filter";
    const filter = this.#object(value, path, keys.default_filter);
    if (!filter) return;
    if (isPresent(filter.queue)) this.#queue(filter.queue, `${path}.queue`);
    else this.#error(`${path}.queue`, "is missing; give the SID of a TaskQueue");
  }

  #queue(value: unknown, path: string): void {
    if (typeof value !== "string" || value === "") {
      this.#error(path, "must be the SID of a TaskQueue");
    } else if (this.#queueSids && !this.#queueSids.has(value)) {
      this.#error(path, `${value} is not a TaskQueue of this workspace`);
    } else if (!this.#queueSids && !queueSid.test(value)) {
      this.#warning(
        path,
        `${JSON.stringify(value)} is not the SID of a TaskQueue (WQ and 32 hexadecimal digits)`,
      );
    }
  }

  #expression(value: unknown, path: string, scope: ExpressionScope): Expression | undefined {
    const source = this.#text(value, path);
    if (source === undefined) return undefined;
    const expression = this.#parsed(path, () => parseExpression(source));
    if (!expression) return undefined;
    const never =
      scope === "filter" && canBeTrue(expression) && !canBeTrue(withoutMisplaced(expression, scope));
    for (const { reference, message } of misplacedReferences(expression, scope)) {
      const text = `${source.slice(reference.start, reference.end)} is always missing: ${message}`;
      if (never) this.#warning(path, `${text}, so that no task matches`, reference.start);
      else this.#note(path, text, reference.start);
    }
    return expression;
  }

  #orderBy(value: unknown, path: string): void {
    const source = this.#text(value, path);
    if (source !== undefined) this.#parsed(path, () => parseOrderBy(source));
  }

  #knownWorker(target: JsonObject, path: string): void {
    for (const key of ["known_worker_sid", "known_worker_friendly_name"] as const) {
      const source = this.#text(target[key], `${path}.${key}`);
      if (source === undefined) continue;
      const parsed = parsePath(source);
      if (parsed?.[0] !== "task" || parsed.length < 2) {
        this.#error(
          `${path}.${key}`,
          `must name a task attribute, as task.<attribute>, not ${JSON.stringify(source)}`,
        );
      }
    }
    if (isPresent(target.known_worker_sid) && isPresent(target.known_worker_friendly_name)) {
      this.#error(path, "has both known_worker_sid and known_worker_friendly_name; keep one");
    }
  }

  #number(value: unknown, path: string, rule: string, valid: (value: number) => boolean): void {
    if (!isPresent(value)) return;
    const number = toNumber(value);
    if (number === undefined || !valid(number)) this.#error(path, `must be ${rule}, not ${shown(value)}`);
  }

  #parsed<Parsed>(path: string, parse: () => Parsed): Parsed | undefined {
    try {
      return parse();
    } catch (error) {
      if (!(error instanceof ExpressionError)) throw error;
      return this.#error(path, error.message, error.position);
    }
  }

  #text(value: unknown, path: string): string | undefined {
    if (!isPresent(value)) return undefined;
    return typeof value === "string" ? value : this.#error(path, `must be a string, not ${shown(value)}`);
  }

  #object(value: unknown, path: string, known: readonly string[]): JsonObject | undefined {
    if (!isJsonObject(value)) {
      return this.#error(path, isPresent(value) ? "must be an object" : `is missing; it must be an object`);
    }
    for (const key of Object.keys(value)) {
      if (known.includes(key)) continue;
      const at = path ? `${path}.${key}` : key;
      const meant = steering.get(letters(key));
      if (meant !== undefined && known.includes(meant))
        this.#warning(at, `is not a key TaskRouter knows; write ${meant}`);
      else this.#note(at, `is not a key TaskRouter knows here; known are ${known.join(", ")}`);
    }
    return value;
  }

  #error(path: string, message: string, position?: number): undefined {
    this.problems.push({ severity: "error", path, message, ...(position === undefined ? {} : { position }) });
    return undefined;
  }

  #warning(path: string, message: string, position?: number): void {
    this.#mention("warning", path, message, position);
  }

  #note(path: string, message: string, position?: number): void {
    this.#mention("note", path, message, position);
  }

  #mention(severity: "warning" | "note", path: string, message: string, position?: number): void {
    this.problems.push({ severity, path, message, ...(position === undefined ? {} : { position }) });
  }
}

/** A key without what is easily written otherwise. */
function letters(key: string): string {
  return key.toLowerCase().replace(/[^a-z]/g, "");
}

function isPresent(value: unknown): boolean {
  return value !== undefined && value !== null;
}

function isPriority(value: number): boolean {
  return Number.isInteger(value) && value >= 0 && value <= maxPriority;
}

/** A wrong value, as far as it fits into a message. */
function shown(value: unknown): string {
  if (isScalar(value)) return JSON.stringify(value);
  return Array.isArray(value) ? "a list" : "an object";
}

/** A number, or the number a string stands for, as Twilio takes both. */
export function toNumber(value: unknown): number | undefined {
  const number = typeof value === "string" && /^\d+(\.\d+)?$/.test(value.trim()) ? Number(value) : value;
  return typeof number === "number" && Number.isFinite(number) ? number : undefined;
}
