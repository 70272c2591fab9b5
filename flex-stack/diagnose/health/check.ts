import type { CleanUp } from "../clean-up.ts";
import type { Problem } from "../finding.ts";
import type { Reads } from "../reads/reads.ts";
import type { Repair } from "../repair.ts";

/** What every check of the set-up looks at. */
export interface Account {
  readonly reads: Reads;
  readonly cleanUp: CleanUp;
  readonly repair: Repair;
}

export interface Check {
  /** Names it, for programs. */
  readonly name: string;
  /** What holds when nothing is found. */
  readonly holds: string;
  /** Everything that is wrong. @throws TwilioError when it can't be looked up */
  find(account: Account): Promise<readonly Problem[]>;
  /** What is worth a look though nothing is wrong; asked where nothing was found. */
  remark?(account: Account): Promise<string | undefined>;
}
