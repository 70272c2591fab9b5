/** The typed `flex-messaging:*` configuration of a stack. */
export { isConfigError } from "./config-error-text.ts";
export { localTwilio } from "./local-twilio.ts";
export { ConfigError, type Problem } from "./problem.ts";
export { parseConfig, readConfig } from "./read.ts";
export type { Config } from "./schema.ts";
export { exampleAccountSid } from "./checks.ts";
