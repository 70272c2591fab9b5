/**
 * Properties that each type of widget must have. Studio has more types; those it judges by itself when the
 * definition is validated.
 */
export const requiredProperties: Readonly<Record<string, readonly string[]>> = {
  trigger: [],
  "send-message": ["from", "to", "body"],
  "send-and-wait-for-reply": ["from", "body", "timeout"],
  "send-to-flex": ["workflow", "channel"],
  "split-based-on": ["input"],
  "set-variables": [],
  "make-http-request": ["method", "url", "content_type"],
  "run-function": ["url"],
  "run-subflow": ["flow_sid", "flow_revision"],
};
