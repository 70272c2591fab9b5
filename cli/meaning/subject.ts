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
  /** Names of the properties that differ, by whoever knows; by comparison, where absent. */
  readonly changed?: readonly string[];
  /** Names among them for which the resource is replaced. */
  readonly replacing?: readonly string[];
}
