/**
 * Words that Twilio answers itself when they are all of a text: to stop, to start again, to get help
 * (https://www.twilio.com/docs/messaging/tutorials/advanced-opt-out). YES is one, too, and much more often an answer to
 * somebody's question: it counts as any text.
 */
const keywords = new Set([
  "CANCEL",
  "END",
  "HELP",
  "INFO",
  "OPTOUT",
  "QUIT",
  "REVOKE",
  "START",
  "STOP",
  "STOPALL",
  "UNSTOP",
  "UNSUBSCRIBE",
]);

/** Whether a text is for Twilio and not for an agent. */
export function isKeyword(body: string): boolean {
  return keywords.has(body.trim().toUpperCase());
}
