import type { JsonObject } from "../../routing/index.ts";

/** Which task is sent where, and by whose word. */
export interface RouteQuestion {
  readonly stack: string;
  /** The project's folder, or one inside it. */
  readonly cwd: string;
  readonly task: JsonObject;
  /** The workflow that the task goes to; the one that the Studio flow names, where absent. */
  readonly workflow?: string;
  /** The task channel of the task; the one that the Studio flow names, where absent. */
  readonly channel?: string;
  /** Whose workflow and queues are asked. */
  readonly rules: "program" | "account";
  /** Whose workers are asked; those of whoever has the rules, where absent. */
  readonly workers?: "account" | GivenWorkers;
}

/** Workers that are neither the program's nor the account's. */
export interface GivenWorkers {
  /** Where they come from, as a person names it. */
  readonly from: string;
  /** Called once the stack is known to be one. */
  read(): unknown;
}
