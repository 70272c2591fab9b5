/** How the recorded place of a stack's resources and the configured one go together. */
export interface Here {
  /**
   * The state would lead Pulumi another way to the same place, so that it has to run the program before it compares or
   * deletes.
   */
  readonly runProgram: boolean;
  /** The resources were made in another local Twilio than this one; only where that is allowed. */
  readonly otherLocalTwilio: boolean;
  /** URNs of resources that are where the configuration does not lead: providers that the program makes lead there. */
  readonly apart: ReadonlySet<string>;
}
