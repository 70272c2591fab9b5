import type { Difference } from "../values/difference.ts";

/** Properties as the engine's events have them: secrets wrapped, unknown values as Pulumi's sentinels. */
export type Properties = Readonly<Record<string, unknown>>;

/** A resource whose change is to be told. */
export interface Subject {
  /** Pulumi's type token, such as `twilio:taskrouter:Workflow`. */
  readonly type: string;
  readonly name: string;
  /** Undefined for a resource that is new. */
  readonly before: Properties | undefined;
  /** Undefined for one that is gone. */
  readonly after: Properties | undefined;
  /** What was there stays at Twilio when the resource goes or is replaced: it was there before the stack. */
  readonly stays?: true;
  /** What will be there is in the account already. */
  readonly found?: true;
  /** What differs, by whoever knows, such as the provider; all that does, where absent. */
  readonly differences?: readonly SubjectDifference[];
}

/** A difference at its deepest path; those that look alike (secrets) count too. */
export interface SubjectDifference extends Difference {
  /** The resource is replaced for it. */
  readonly replaces: boolean;
}
