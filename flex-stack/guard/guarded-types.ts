/**
 * What messages would be lost with: a number, all running conversations, or the agents' way into them. The policy
 * rule message-path-protected demands `protect` of the same types; tests/policy holds the two together.
 */
export const guardedTypes: ReadonlySet<string> = new Set([
  "twilio:api:IncomingPhoneNumber",
  "twilio:chat:Role",
  "twilio:chat:Service",
  "twilio:conversations:Role",
  "twilio:conversations:Service",
  "twilio:proxy:Service",
  "twilio:taskrouter:Workspace",
]);
