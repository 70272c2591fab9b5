/** Where and when a report was made; whoever finds a page later wants to know. */
export interface Origin {
  readonly stack: string;
  /** SID of the account, and the local Twilio's address where it is one's; undefined where the configuration names none. */
  readonly account?: string | undefined;
  /** The first characters of the commit, and whether there were changes beside it; undefined outside of git. */
  readonly commit?: string | undefined;
  /** ISO 8601, UTC. */
  readonly at: string;
}

/** What is told of it, the stack first. */
export function originParts({ stack, account, commit, at }: Origin): readonly string[] {
  return [
    `stack ${stack}`,
    `account ${account ?? "unknown"}`,
    `commit ${commit ?? "unknown"}`,
    `${at.slice(0, 16).replace("T", " ")} UTC`,
  ];
}
