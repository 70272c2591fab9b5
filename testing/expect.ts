import { afterEach, expect as jestExpect } from "@jest/globals";
import { stageAt, type Rehearsal, type RehearsalOptions } from "../rehearsal/index.ts";
import { describeOutcome, renderTrace, type JsonObject, type RoutingOutcome } from "../routing/index.ts";
import { StackUnderTest } from "./stack-under-test.ts";

/** What is said of a stack. */
export interface StackExpectation {
  /** Goes on with where a task with these attributes should go. */
  toRoute(task: JsonObject, options?: RouteOptions): RouteExpectation;
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
    return { pass, message: () => explanation(rehearsal, age, says) };
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
  return {
    toRoute(task, { after = 0, ...options } = {}) {
      refuseMistakes(task, after);
      const begun = { task: JSON.stringify(task) };
      unfinished.add(begun);
      const check = (expected: Expected): void => {
        unfinished.delete(begun);
        jestExpect(stack.route(task, options)).toEndWith(after, expected);
      };
      return {
        to: (...workers) =>
          check({
            says: `offered to ${workers.join(", ") || "those whom .to() names, which is nobody: .toNobody() says that"}`,
            holds: (outcome) =>
              outcome.kind === "offered" &&
              outcome.workers
                .map(({ friendlyName }) => friendlyName)
                .sort()
                .join("\n") === [...workers].sort().join("\n"),
          }),
        toQueue: (queue) =>
          check({
            says: `in queue ${queue}`,
            holds: (outcome) => "queueName" in outcome && outcome.queueName === queue,
          }),
        toNobody: () => check({ says: "offered to nobody", holds: (outcome) => outcome.kind !== "offered" }),
      };
    },
  };
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
