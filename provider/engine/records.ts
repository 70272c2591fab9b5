import type { ResourceDefinition } from "./definition.ts";
import type { Severity } from "./severity.ts";
import type { Properties } from "./value.ts";

/** A resource of a stack, as its state has it, that stands for an object at Twilio. */
export interface Owner {
  urn: string;
  state: Properties;
  inputs: Properties;
}

/** What other stacks of the same backend have of an object. */
export interface Elsewhere {
  /** Names of stacks that record it as theirs, in the same account. */
  stacks: readonly string[];
  /** Names of stacks whose state could not be read, or why none could. */
  unread: readonly string[];
}

/** What is recorded of objects at Twilio, beyond the one resource that the engine shows. */
export interface Records {
  /**
   * The resources of this stack that stood for an object when it was first asked. Nothing where the state can't be
   * read.
   */
  owners(definition: ResourceDefinition, id: string): Promise<readonly Owner[] | undefined>;
  elsewhere(definition: ResourceDefinition, id: string): Promise<Elsewhere>;
  /** Why the state of this stack, which was asked for, can't be read. */
  readonly unread?: string | undefined;
}

/** Whose records are asked for. */
export interface RecordsPlace {
  stack: string;
  project: string;
  /** The stack's name as the environment gives it, perhaps with organization and project. */
  fullName: string | undefined;
  accountSid: string;
  endpoint: string | undefined;
  log: (severity: Severity, message: string) => void;
}

/** Where no state can be asked: only what a run sees is known. */
export const noRecords: Records = {
  owners: async () => undefined,
  elsewhere: async () => ({ stacks: [], unread: [] }),
};
