import type * as pulumi from "@pulumi/pulumi";

/** A value of a step's property: JSON whose leaves may be outputs. Texts may hold Liquid, `{{…}}`. */
export type StepValue = pulumi.Input<
  string | number | boolean | null | readonly StepValue[] | { readonly [key: string]: StepValue }
>;

/** How a condition of a split compares its input with its value. */
export type ConditionType =
  | "equal_to"
  | "not_equal_to"
  | "matches_any_of"
  | "does_not_match_any_of"
  | "is_blank"
  | "is_not_blank"
  | "regex"
  | "contains"
  | "does_not_contain"
  | "starts_with"
  | "does_not_start_with"
  | "less_than"
  | "greater_than";

/** Where a flow goes when something happened in a step. */
export interface Transition<Name extends string> {
  /** Studio's name of what happened, e.g. `sent`. */
  event: string;
  /** The step that is next. @default the flow ends */
  next?: Name | undefined;
  /** For the event `match` only. */
  condition?: { friendlyName: string; input: string; type: ConditionType; value: string };
}

/** One step (Studio says widget, and state in JSON) of a flow whose steps are called `Name`. */
export interface Step<Name extends string = string> {
  /** Studio's type, e.g. `send-message`. */
  type: string;
  properties: { readonly [property: string]: StepValue };
  transitions: readonly Transition<Name>[];
}
