import type twilio from "twilio";

export type Client = ReturnType<typeof twilio>;

/** What a resource of a program is given; `ref` stands for an output of another resource. */
export type Inputs = { [name: string]: Input };
export type Input = null | boolean | number | string | Input[] | { [name: string]: Input };

/** An output of another resource of the program: `ref("workspace.sid")`. */
export const ref = (output: string): Input => ({ $ref: output });

/** One resource with what the tests of every resource do to it. */
export interface Case {
  /** Name in the program, by which others refer to it. */
  name: string;
  token: `twilio:${string}:${string}`;
  /** As many properties as Twilio takes, none with its default value. */
  inputs: Inputs;
  /** The properties of one update. */
  update: Inputs;
  /**
   * Every property that can be changed at Twilio and that it tells, with the value that somebody sets there behind
   * the program's back, as the SDK takes it (`ref` stands for an output here, too). Dotted paths.
   */
  drift: { [path: string]: unknown };
  /** Parameters that Twilio wants with them. */
  driftNeeds?: { [param: string]: unknown };
  /** The SDK's names of those whose parameter is called otherwise. */
  params?: { [path: string]: string };
  /** Optional properties that the program stops setting, dotted, with what the SDK then shows. */
  cleared?: { [path: string]: unknown };
  /** Paths in the SDK's answer of those that stand elsewhere than their property. */
  responses?: { [path: string]: string };
  /** The resource in the SDK, by the SIDs of its Pulumi id. */
  at(client: Client, ...sids: string[]): Context;
}

/** The part of the SDK's contexts that tests use. */
export interface Context {
  fetch(): Promise<{ toJSON(): unknown }>;
  update?(params: object): Promise<unknown>;
  remove?(): Promise<boolean>;
}
