import type { PolicyResult } from "../changes/policy-result.ts";
import type { Diagnostic } from "../changes/diagnostic.ts";
import type { ChangeKind, ChangeStatus } from "../changes/resource-change.ts";
import type { Origin } from "./origin.ts";
import type { RoutingPicture, Statement } from "../meaning/index.ts";

/**
 * What a preview of one stack found: what `--json` prints, and what every other format is written from. Holds no
 * secret.
 */
export interface StackReport {
  readonly stack: string;
  /** Where and when it was made; absent in reports of before. */
  readonly origin?: Origin | undefined;
  readonly result: "succeeded" | "failed";
  /** Of resources at Twilio, by kind of change. */
  readonly counts: Readonly<Record<string, number>>;
  readonly changes: readonly ReportedChange[];
  readonly diagnostics: readonly Diagnostic[];
  /** Rules that do not hold, the mandatory ones first. */
  readonly policies: readonly PolicyResult[];
  /** How many rules hold, of those that looked. 0 without a policy pack. */
  readonly rulesHeld: number;
  /**
   * Whether all rules came to look: `part` where the preview ended before, `off` where they were left out, `none` where
   * there are none. Reports of earlier versions do not say.
   */
  readonly rulesRan?: "all" | "part" | "off" | "none" | undefined;
  /** Rules that the stack's configuration switches off. */
  readonly rulesDisabled?: readonly string[] | undefined;
  /** The preview ran well, and found changes that were not expected. */
  readonly unexpected?: true | undefined;
  /** Each workflow that changes, as it routes afterwards. */
  readonly routing: readonly RoutingPicture[];
  /** `record` is what the last update left in the state; absent in reports of before. */
  readonly comparedWith?: "account" | "record" | undefined;
}

export interface ReportedChange {
  /** Pulumi's type token. */
  readonly type: string;
  readonly name: string;
  readonly kind: ChangeKind;
  readonly status: ChangeStatus;
  readonly id?: string | undefined;
  /** Type token of the component that it is in. */
  readonly component?: string | undefined;
  readonly meaning: readonly Statement[];
  readonly notes?: readonly string[] | undefined;
  /** Of a resource that goes, the name under which its object stays in the stack. */
  readonly nowAs?: string | undefined;
  /** The name under which its object was in the stack so far. */
  readonly formerly?: string | undefined;
}
