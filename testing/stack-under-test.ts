import type { JsonObject } from "../routing/index.ts";
import {
  declaredRouting,
  declaredStack,
  rehearse,
  withWorkers,
  type GivenWorkers,
  type Rehearsal,
  type RehearsalOptions,
  type RoutingSetup,
} from "../rehearsal/index.ts";

/** What a program declares for a stack, to be asked where tasks go. */
export class StackUnderTest {
  readonly #setup: RoutingSetup;

  constructor(setup: RoutingSetup) {
    this.#setup = setup;
  }

  /**
   * The same stack with these workers in the place of those the program declares, by name. The first one has been
   * idle the longest.
   *
   * @example stack.withWorkers({ ann: { skills: ["billing"] }, bob: { activity: "Offline" } })
   * @throws RehearsalError when one is in an activity or a task channel that the stack does not have
   */
  withWorkers(workers: GivenWorkers): StackUnderTest {
    return new StackUnderTest(withWorkers(this.#setup, workers));
  }

  /** Friendly names of the queues of the stack. */
  get queues(): readonly string[] {
    return this.#setup.queues.map(({ friendlyName }) => friendlyName);
  }

  /** Friendly names of the workers of the stack, or of those given. */
  get workers(): readonly string[] {
    return this.#setup.workers.map(({ friendlyName }) => friendlyName);
  }

  /**
   * What becomes of a task with these attributes.
   *
   * @throws RehearsalError when workflow or task channel can't be told
   */
  route(task: JsonObject, options?: RehearsalOptions): Rehearsal {
    return rehearse(this.#setup, task, options);
  }
}

/**
 * Runs the program of a stack without engine, provider and account, and gives what it declares; once per test file is
 * enough. Takes about a second.
 *
 * @param stack Name of the stack, e.g. `dev`
 * @param options.folder Folder of Pulumi.yaml. @default the current folder
 * @throws RehearsalError when the stack's files can't be read, or the program fails
 */
export async function stackUnderTest(
  stack: string,
  { folder = process.cwd() }: { folder?: string } = {},
): Promise<StackUnderTest> {
  return new StackUnderTest(declaredRouting(await declaredStack({ folder, stack })));
}
