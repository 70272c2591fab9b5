import type { CleanUp } from "./clean-up.ts";
import type { Observation } from "./finding.ts";
import type { Journey } from "./journey.ts";
import type { Reads } from "./reads/reads.ts";
import type { Repair } from "./repair.ts";
import type { Subject } from "./subject.ts";

/** What every step looks at, whichever way a message goes. */
export interface Circumstances {
  readonly subject: Subject;
  readonly reads: Reads;
  readonly cleanUp: CleanUp;
  readonly repair: Repair;
  /** A step before this one is broken: what is missing now may be for that. */
  readonly brokenBefore: boolean;
  /** What somebody wrote, as it may be shown: in quotes, or only how long it is. */
  body(text: string | null | undefined): string;
}

/** The same with what a message came through. */
export interface Case<Found = Journey> extends Circumstances {
  readonly journey: Found;
}

/** Looks at one step of the way. @throws TwilioError when it can't be looked up */
export type Step<Found = Journey> = (given: Case<Found>) => Promise<Observation>;
