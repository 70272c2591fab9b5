/** The exit codes, as `--help` prints it. */
export const exitCodeHelp = `Exit codes:
  0  done                                5  a mandatory policy was violated
  1  failed                              6  no such stack
  2  wrong options or configuration      7  changes, where none were expected
  3  credentials missing or refused      8  the question was answered with no
  10-19  diagnose: see its --help        20  the stack is in another account or local Twilio
  22  migrate reconcile: texts are in no conversation, or in two
  23  migrate: not yet                   130  stopped by Ctrl-C (143: SIGTERM)`;
