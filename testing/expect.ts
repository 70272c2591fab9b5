import { afterEach, expect as jestExpect } from "@jest/globals";
import { stageAt, type Rehearsal, type RehearsalOptions } from "../rehearsal/index.ts";
import {
  describeOutcome,
  didYouMean,
  renderTrace,
  type JsonObject,
  type RoutingOutcome,
} from "../routing/index.ts";
import { StackUnderTest } from "./stack-under-test.ts";

/** What is said of a stack. */
export interface StackExpectation {
  /** Goes on with where a task with these attributes should go. */
  toRoute(task: JsonObject, options?: RouteOptions): RouteExpectation & { readonly not: RouteExpectation };
  /** Goes on with where it should not go. */
  readonly not: Pick<StackExpectation, "toRoute">;
}

export interface RouteOptions extends RehearsalOptions {
  /** Where it is when it is that many seconds old, nobody having taken it. @default 0 */
  readonly after?: number;
}

export interface RouteExpectation {
  /** It is offered to the workers of these friendly names, and to no other. */
  to(...workers: string[]): void;
  /** It is in the queue of this friendly name, offered to somebody or waiting. */
  toQueue(queue: string): void;
  /** It is offered to nobody. */
  toNobody(): void;
}

interface Expected {
  readonly says: string;
  readonly holds: (outcome: RoutingOutcome) => boolean;
}

declare module "expect" {
  interface Matchers<R extends void | Promise<void>> {
    /** What `toRoute` checks with; it needs what a rehearsal found. */
    toEndWith(age: number, expected: Expected): R;
  }
}

jestExpect.extend({
  toEndWith(found: unknown, age: number, { says, holds }: Expected) {
    const rehearsal = found as Rehearsal;
    const { trace } = stageAt(rehearsal, age);
    const pass = holds(trace.outcome);
    // A message is asked for where it fails, which with `.not` it does when it holds.
    return { pass, message: () => explanation(rehearsal, age, pass ? `not ${says}` : says) };
  },
});

function explanation(rehearsal: Rehearsal, age: number, says: string): string {
  const { trace } = stageAt(rehearsal, age);
  const when = age === 0 ? "" : ` after ${age} s`;
  return [
    `Task ${JSON.stringify(rehearsal.task)} in the workflow "${rehearsal.workflow.friendlyName}", task channel "${rehearsal.taskChannel}"${when}`,
    `  expected: ${says}`,
    `  found:    ${describeOutcome(trace.outcome, { sids: false })}`,
    "",
    ...renderTrace(trace, { sids: false }),
  ].join("\n");
}

// A `toRoute` that nothing follows would pass whatever the stack does.
const unfinished = new Set<{ readonly task: string }>();
/** Fails where a `toRoute` was not followed by what it should do. */
export function failUnfinished(): void {
  const left = [...unfinished].map(({ task }) => task);
  unfinished.clear();
  if (left.length === 0) return;
  throw new Error(
    `Nothing is said of where these tasks should go: ${left.join(", ")}. End with .to(), .toQueue() or .toNobody().`,
  );
}
afterEach(failUnfinished);

function expectStack(stack: StackUnderTest): StackExpectation {
  return { toRoute: routing(stack, false), not: { toRoute: routing(stack, true) } };
}

/** @param denied It must not be so. */
function routing(stack: StackUnderTest, denied: boolean): StackExpectation["toRoute"] {
  return (task, { after = 0, ...options } = {}) => {
    refuseMistakes(task, after);
    const begun = { task: JSON.stringify(task) };
    unfinished.add(begun);
    const end = (isDenied: boolean): RouteExpectation => {
      const check = (expected: Expected): void => {
        const found = jestExpect(stack.route(task, options));
        (isDenied ? found.not : found).toEndWith(after, expected);
      };
      return {
        to: (...workers) => {
          unfinished.delete(begun);
          requireKnown("worker", workers, stack.workers);
          if (workers.length === 0) throw new Error(".to() names nobody: .toNobody() says that.");
          check({
            says: `offered to ${workers.join(", ")}`,
            holds: (outcome) =>
              outcome.kind === "offered" &&
              outcome.workers
                .map(({ friendlyName }) => friendlyName)
                .sort()
                .join("\n") === [...workers].sort().join("\n"),
          });
        },
        toQueue: (queue) => {
          unfinished.delete(begun);
          requireKnown("queue", [queue], stack.queues);
          check({
            says: `in queue ${queue}`,
            holds: (outcome) => "queueName" in outcome && outcome.queueName === queue,
          });
        },
        toNobody: () => {
          unfinished.delete(begun);
          check({ says: "offered to nobody", holds: (outcome) => outcome.kind !== "offered" });
        },
      };
    };
    return { ...end(denied), not: end(!denied) };
  };
}

/** What nobody is called, nothing can be said of: with `.not` it would hold whatever the stack does. */
function requireKnown(kind: "worker" | "queue", names: readonly string[], known: readonly string[]): void {
  const unknown = names.find((name) => !known.includes(name));
  if (unknown === undefined) return;
  const meant = didYouMean(unknown, known) ?? `Known: ${known.join(", ") || "none"}.`;
  throw new Error(`The stack has no ${kind} "${unknown}". ${meant}`);
}

/** What would pass, or fail, for another reason than the stack's: tests run without being type-checked. */
function refuseMistakes(task: unknown, after: unknown): void {
  if (typeof task !== "object" || task === null || Array.isArray(task))
    throw new Error(
      `toRoute takes the attributes of a task, e.g. { skill: "billing" }, and not ${String(task)}.`,
    );
  if (typeof after !== "number" || !(after >= 0))
    throw new Error(`"after" is the age of the task in seconds, 0 or more, and not ${String(after)}.`);
}

type JestExpect = typeof jestExpect;

/** Jest's `expect`, which also takes a stack: `expect(stack).toRoute({ skill: "billing" }).to("ann")`. */
export const expect: ((stack: StackUnderTest) => StackExpectation) & JestExpect = Object.assign(
  (actual: unknown) => (actual instanceof StackUnderTest ? expectStack(actual) : jestExpect(actual)),
  jestExpect,
) as ((stack: StackUnderTest) => StackExpectation) & JestExpect;
