/** Something wrong, or surely not meant, in the Configuration of a Workflow. */
export interface WorkflowProblem {
  /**
   * `error`: Twilio refuses it, or can't work with it. `warning`: legal, and surely a slip: it can't do what it says.
   * `note`: it has no effect, or none that is documented, and may be meant so.
   */
  readonly severity: "error" | "warning" | "note";
  /** Where: `task_routing.filters[0].targets[1].expression`; empty for the entire configuration. */
  readonly path: string;
  readonly message: string;
  /** Offset in the text at `path`, when one character is to blame. */
  readonly position?: number;
}

/** One line: `error at task_routing.filters[0].expression: …`. */
export function describeProblem({ severity, path, message }: WorkflowProblem): string {
  return `${severity} at ${path || "the configuration"}: ${message}`;
}

/** A Workflow that can't be evaluated. */
export class WorkflowError extends Error {
  override readonly name = "WorkflowError";
  readonly problems: readonly WorkflowProblem[];

  constructor(problems: readonly WorkflowProblem[]) {
    super(
      `the workflow can't be evaluated:\n${problems.map((each) => `- ${describeProblem(each)}`).join("\n")}`,
    );
    this.problems = problems;
  }
}
