/**
 * What the process answers to the shell. 2 to 8 are Pulumi's own numbers
 * (its `exit_codes.go`), so that scripts can treat both tools alike.
 */
export const ExitCode = {
  ok: 0,
  /** Something failed; the message says what. */
  failed: 1,
  /** Wrong options, or an answer was needed and nobody could be asked. */
  usage: 2,
  /** The state backend or Twilio refused the credentials. */
  authentication: 3,
  /** A mandatory policy was violated. */
  policy: 5,
  stackNotFound: 6,
  /** `--expect-no-changes`, and there were changes; or drift. */
  unexpectedChanges: 7,
  /** The question was answered with no. */
  declined: 8,
  /** `diagnose`, `migrate reconcile`: nothing wrong was found, and something could not be looked up. */
  undetermined: 10,
  /** `diagnose`: the step of a message's way that broke. */
  brokenReceive: 11,
  /** The Proxy session, or the Address of Flex Conversations. */
  brokenProxy: 12,
  /** The chat channel, or the conversation. */
  brokenChannel: 13,
  brokenStudio: 14,
  brokenTask: 15,
  brokenReservations: 16,
  brokenReplies: 17,
  brokenCompletion: 18,
  /** `diagnose --health`: something in the set-up would break messages. */
  unhealthy: 19,
  /** What the state records is not where the configuration leads: another account, region or local Twilio. */
  elsewhere: 20,
  /** `diagnose`: the Interaction of a conversation broke. */
  brokenInteraction: 21,
  /** `migrate reconcile`: texts are in no conversation, or in two. */
  unreconciled: 22,
  /** `migrate`: something keeps the number from its next stage. */
  notYet: 23,
  /** Ctrl-C: 128 + SIGINT. */
  interrupted: 130,
  /** 128 + SIGTERM. */
  terminated: 143,
} as const;

export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode];
